import type { BackendFlags } from "../../access.ts";
import { EXIT } from "../../errors.ts";
import { type Output, type Shown, show } from "../../output.ts";
import { publicClientFor } from "../options.ts";
import { AnyReceiptBody, checkReceipt, openAll, type ReceiptVerdict } from "./check.ts";
import { certificateIn, type KeptReceipt, receiptFiles, receiptsIn } from "./read.ts";

/** Lists the receipts that are kept, unverified. */
export function listReceipts(shown: Shown): void {
  const kept = receiptFiles().flatMap(receiptsIn);
  const said = kept.map(({ file, receipt }) => ({ file, says: unverified(receipt.body), key: receipt.key }));
  show(said, { ...shown, inWords: listWords });
}

function unverified(body: string): AnyReceiptBody | null {
  try {
    return AnyReceiptBody.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

type Listed = { readonly file: string; readonly says: AnyReceiptBody | null };

function listWords(listed: readonly Listed[]): string {
  if (listed.length === 0) return "no receipts";
  return listed.map(({ file, says }) => `${file}: ${says === null ? "no receipt" : words(says)}`).join("\n");
}

/** What a receipt promises, in a line. */
function words(says: AnyReceiptBody): string {
  const { netuid, submissionId, sha256, acceptedAt } = says;
  const at = `on ${acceptedAt}, subnet ${netuid}, SHA-256 ${sha256}`;
  if (says.scheme === "assay-receipt-v1")
    return `agent ${submissionId} of ${says.hotkey}, number ${says.sequence} in block ${says.acceptedAtBlock}, ${at}`;
  return `result of ${says.jobId}, attempt ${says.attempt}, by ${says.validator}, ${at}`;
}

type Verifying = BackendFlags &
  Shown & { readonly certificate: readonly string[]; readonly ends: (code: number) => void };

/** Verifies receipts and says what each proves; ends with 1 unless all hold. */
export async function verifyReceipts(
  files: readonly string[],
  { certificate: named, ends, json, out, ...flags }: Verifying,
): Promise<void> {
  const kept = (files.length > 0 ? files : receiptFiles()).flatMap(receiptsIn);
  const certificates = openAll(
    named.length > 0 ? named.map(certificateIn) : [(await infoOf(flags)).certificate],
  );
  const verdicts = kept.map((one) => ({ ...one, ...checkReceipt(one.receipt, certificates) }));
  show(verdicts, { json, out, inWords: verdictWords });
  if (verdicts.length === 0 || verdicts.some(({ problem }) => problem !== null)) ends(EXIT.failed);
}

async function infoOf(flags: BackendFlags) {
  return (await publicClientFor(flags)).system.info();
}

function verdictWords(verdicts: readonly (KeptReceipt & ReceiptVerdict)[]): string {
  if (verdicts.length === 0) return "no receipts";
  return verdicts
    .flatMap(({ file, says, key, certifiedBy, problem }) => [
      `${file}: ${problem === null ? "holds" : `proves nothing: ${problem}`}`,
      ...(says === null ? [] : [`  ${words(says)}`]),
      ...(certifiedBy === null ? [] : [`  signed by ${key}, which ${certifiedBy} has certified`]),
    ])
    .join("\n");
}

/** Prints the certificate of a backend. */
export async function printCertificate(flags: BackendFlags, out: Output): Promise<void> {
  out.result(JSON.stringify((await infoOf(flags)).certificate));
}
