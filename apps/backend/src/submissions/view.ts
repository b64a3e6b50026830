import type { Submission } from "@assay/core";
import type { SubmissionRow } from "@assay/db";

/** A submission as it travels. */
export function submissionView(row: SubmissionRow): Submission {
  return { ...row, acceptedAt: row.acceptedAt.toISOString() };
}
