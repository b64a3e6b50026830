import { type Receipt, type ReceiptBody, type Signer, signStatement } from "@assay/core";
import type { SubmissionRow } from "@assay/db";

/** The backend's signed word that it stored a submission: the miner's proof if it is ever lost. */
export async function receiptOf(row: SubmissionRow, signer: Signer): Promise<Receipt> {
  const { id: submissionId, netuid, competitionId, hotkey, sha256, acceptedAtBlock, sequence } = row;
  const body: ReceiptBody = {
    scheme: "assay-receipt-v1",
    netuid,
    submissionId,
    competitionId,
    hotkey,
    sha256,
    acceptedAtBlock,
    sequence,
    acceptedAt: row.acceptedAt.toISOString(),
  };
  return { ...(await signStatement(body, signer)), key: signer.address };
}
