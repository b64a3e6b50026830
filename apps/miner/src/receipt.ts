import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Accepted } from "./registry.ts";

/** Keeps a receipt for good, whole or not at all; answers with its path. */
export async function keepReceipt(home: string, { submission, receipt }: Accepted): Promise<string> {
  const folder = join(home, "receipts");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${submission.id}.json`);
  await writeFile(`${path}.new`, `${JSON.stringify(receipt, null, 2)}\n`, { flush: true });
  await rename(`${path}.new`, path);
  return path;
}
