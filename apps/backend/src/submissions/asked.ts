import type { AskedValidator } from "@assay/api";
import { type Db, type JobRow, listJobsOn, type SubmissionRow } from "@assay/db";

/** What became of a submission at each validator that was asked; null while it has no cycle. */
export async function askedValidators(
  db: Db,
  { id: submissionId, cycleId }: Pick<SubmissionRow, "id" | "cycleId">,
): Promise<AskedValidator[] | null> {
  if (cycleId === null) return null;
  const jobs = await listJobsOn(db, { cycleId, submissionId });
  // Later rounds replace earlier ones, because they say how far a validator has come.
  const last = new Map(jobs.map((job) => [job.validator, job]));
  return [...last.values()].map((job) => ({
    validator: job.validator,
    outcome: OUTCOME[job.status],
    code: job.status === "done" ? null : codeIn(job.lastError),
  }));
}

const OUTCOME = {
  open: "waiting",
  leased: "waiting",
  done: "scored",
  failed: "failed",
  cancelled: "missing",
} as const satisfies Record<JobRow["status"], AskedValidator["outcome"]>;

/** The code a validator's reason begins with; the rest may tell of its host, and is for admins. */
function codeIn(reason: string | null): string | null {
  return /^([A-Z][A-Z0-9]*_[A-Z0-9_]{1,60}): /.exec(reason ?? "")?.[1] ?? null;
}
