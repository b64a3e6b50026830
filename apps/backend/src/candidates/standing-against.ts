import type { BarComparison } from "@assay/core";
import { type CandidateRow, getCycle, type LeaderRow, type Trx } from "@assay/db";
import type { Backend } from "../backend.ts";
import { readEvidence, verdictOn } from "../cycles/evidence.ts";

/** How a candidate stands against a leader; `isKnown` is false if the two never ran the same seeds. */
export type Standing = {
  isKnown: boolean;
  isOver: boolean;
  comparison: BarComparison | null;
  contested: boolean;
};

const UNKNOWN: Standing = { isKnown: false, isOver: false, comparison: null, contested: false };

/** Holds a candidate against whoever leads now, by what validators measured of both in the candidate's cycle. */
export async function standingAgainst(
  trx: Trx,
  {
    backend,
    candidate,
    leader,
  }: { backend: Backend; candidate: CandidateRow; leader: LeaderRow | undefined },
): Promise<Standing> {
  const { comparison, contested, submissionId } = candidate;
  if (leader === undefined) return { isKnown: true, isOver: true, comparison: null, contested };
  if (comparison?.leaderSubmissionId === leader.submissionId)
    return { isKnown: true, isOver: true, comparison, contested };
  const cycle = await getCycle(trx, candidate.cycleId);
  const evidence = await readEvidence(trx, { cycle, mechid: backend.mechid });
  if (!evidence.results.has(leader.submissionId)) return UNKNOWN;
  const entrant = { id: submissionId, coldkey: candidate.coldkey };
  const verdict = verdictOn(evidence, { entrant, leaderSubmissionId: leader.submissionId });
  const isOver = verdict.status === "candidate" && verdict.comparison !== null;
  return { isKnown: true, isOver, comparison: verdict.comparison, contested: verdict.contested };
}
