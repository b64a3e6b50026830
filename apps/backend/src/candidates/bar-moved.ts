import {
  type CandidateRow,
  compareAnew,
  getCycle,
  listPendingCandidates,
  supersedeCandidates,
  type Trx,
} from "@assay/db";
import type { Backend } from "../backend.ts";
import { type Evidence, readEvidence, verdictOn } from "../cycles/evidence.ts";

/**
 * Holds every other pending candidate of a competition against its new leader. Who ran the same seeds and beats it too
 * stays; the others are superseded, because nothing shows that they are better. Returns their ids.
 */
export async function moveBar(
  trx: Trx,
  { backend, leader }: { backend: Backend; leader: CandidateRow },
): Promise<string[]> {
  const pending = await listPendingCandidates(trx, leader.competitionId);
  if (pending.length === 0) return [];
  const evidence = await readEvidence(trx, {
    cycle: await getCycle(trx, leader.cycleId),
    mechid: backend.mechid,
  });
  const passed: string[] = [];
  for (const candidate of pending)
    if (!(await stillBeats(trx, { candidate, leader, evidence }))) passed.push(candidate.id);
  await supersedeCandidates(trx, { competitionId: leader.competitionId, ids: passed });
  return passed;
}

async function stillBeats(
  trx: Trx,
  { candidate, leader, evidence }: { candidate: CandidateRow; leader: CandidateRow; evidence: Evidence },
): Promise<boolean> {
  if (candidate.cycleId !== leader.cycleId) return false;
  const entrant = { id: candidate.submissionId, coldkey: candidate.coldkey };
  const verdict = verdictOn(evidence, { entrant, leaderSubmissionId: leader.submissionId });
  const { status, comparison, contested } = verdict;
  if (status !== "candidate" || comparison === null || contested) return false;
  return (await compareAnew(trx, { id: candidate.id, comparison })) !== undefined;
}
