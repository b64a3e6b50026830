import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openStatement, type Receipt, ReceiptBody, type VerifySignature } from "@assay/core";
import { MinerError } from "./errors.ts";
import type { Accepted } from "./submit.ts";

/** What a receipt must say: what we sent, and what the backend answered. */
export type Expected = Pick<ReceiptBody, "netuid" | "submissionId" | "competitionId" | "hotkey" | "sha256">;

/** Opens a receipt and holds it against what was submitted: a receipt about something else proves nothing. */
export function openReceipt(
  receipt: Receipt,
  { expected, verify }: { expected: Expected; verify: VerifySignature },
): ReceiptBody {
  const body = openStatement(receipt, { address: receipt.key, schema: ReceiptBody, verify });
  for (const field of ["netuid", "submissionId", "competitionId", "hotkey", "sha256"] as const)
    if (body[field] !== expected[field])
      throw new MinerError({
        code: "MINER_RECEIPT_WRONG",
        field,
        expected: String(expected[field]),
        actual: String(body[field]),
      });
  return body;
}

/** Keeps a receipt for good, whole or not at all; answers with its path. */
export async function keepReceipt(home: string, { submission, receipt }: Accepted): Promise<string> {
  const folder = join(home, "receipts");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${submission.id}.json`);
  await writeFile(`${path}.new`, `${JSON.stringify(receipt, null, 2)}\n`, { flush: true });
  await rename(`${path}.new`, path);
  return path;
}
