import type { ResultReceipt } from "@assay/api";
import { type ResultReceiptBody, type Signer, signStatement } from "@assay/core";
import type { ResultRow } from "@assay/db";

/** The backend's signed word that it stored a result: the validator's proof if it is ever lost. */
export async function resultReceipt(row: ResultRow, signer: Signer): Promise<ResultReceipt> {
  const { netuid, cycleId, jobId, submissionId, validator, attempt, bodySha256: sha256 } = row;
  const acceptedAt = row.receivedAt.toISOString();
  const about = { netuid, cycleId, jobId, submissionId, validator, attempt, sha256, acceptedAt };
  const body: ResultReceiptBody = { scheme: "assay-result-receipt-v1", ...about };
  const receipt = { ...(await signStatement(body, signer)), key: signer.address };
  return { jobId, attempt, sha256, acceptedAt, receipt };
}
