import type { RoundsVerdict } from "@assay/core";
import { type CycleRow, type Db, listSubmissionsOfCycle, type SubmissionRow } from "@assay/db";
import type { Backend } from "../backend.ts";
import { type Evidence, failureOf, lacksQuorum, readEvidence, verdictOn } from "./evidence.ts";

/** A submission of a cycle and what the cycle says of it. */
export type Judged = {
  submission: SubmissionRow;
  verdict: RoundsVerdict;
  failure: SubmissionRow["failure"];
};

/** Judges every submission of a cycle by what has come in. */
export async function judge(
  db: Db,
  { cycle, evidence }: { cycle: CycleRow; evidence: Evidence },
): Promise<Judged[]> {
  const { leaderSubmissionId } = cycle;
  const submissions = await listSubmissionsOfCycle(db, cycle.id);
  return submissions.map((submission) => {
    const verdict = verdictOn(evidence, { entrant: submission, leaderSubmissionId });
    const failure = verdict.status === "ineligible" ? failureOf(evidence, submission.id) : null;
    return { submission, verdict, failure };
  });
}

/** Whether a submission lacks a quorum on what validators were asked to run. */
export async function isShort(
  db: Db,
  { backend, cycle }: { backend: Backend; cycle: CycleRow },
): Promise<boolean> {
  const evidence = await readEvidence(db, { cycle, mechid: backend.mechid });
  const judged = await judge(db, { cycle, evidence });
  return judged.some(({ submission, verdict }) => lacksQuorum(evidence, { id: submission.id, verdict }));
}
