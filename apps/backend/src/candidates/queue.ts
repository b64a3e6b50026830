import {
  type CandidateRow,
  compareAnew,
  findBanOf,
  type LeaderRow,
  listPendingCandidates,
  listSupersededBy,
  requeueCandidate,
  rerunSubmission,
  supersedeAnew,
  supersedeCandidates,
  type Trx,
} from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import { type Standing, standingAgainst } from "./standing-against.ts";

/** What a change of leader did to the queue, by candidate. */
export type QueueChange = { superseded: string[]; requeued: string[]; rerun: string[] };

type Change = { backend: Backend; competitionId: string; leader: LeaderRow | undefined };
type Judged = { candidate: CandidateRow; standing: Standing };

/**
 * Holds every pending candidate of a competition against its new leader. Who ran the same seeds and beats it stays; the
 * others are superseded, because nothing shows that they are better. Returns the latter.
 */
export async function moveBar(trx: Trx, { backend, competitionId, leader }: Change): Promise<Judged[]> {
  const passed: Judged[] = [];
  for (const candidate of await listPendingCandidates(trx, competitionId)) {
    const standing = await standingAgainst(trx, { backend, candidate, leader });
    if (standing.isOver) await compareAnew(trx, { id: candidate.id, ...standing });
    else passed.push({ candidate, standing });
  }
  const by = leader?.candidateId ?? null;
  await supersedeCandidates(trx, { competitionId, ids: idsOf(passed), by });
  return passed;
}

/**
 * Undoes what a fallen leader's bar did. Candidates it had passed return if they stand against whoever leads now; who
 * never ran with that leader, pending ones included, waits for a cycle in which both run.
 */
export async function dropBar(
  trx: Trx,
  { fallen, ...change }: Change & { fallen: string },
): Promise<QueueChange> {
  const { backend, leader } = change;
  const superseded = await moveBar(trx, change);
  const requeued: string[] = [];
  const staying: Judged[] = [];
  for (const candidate of await listSupersededBy(trx, fallen)) {
    const standing = await standingAgainst(trx, { backend, candidate, leader });
    if (await comesBack(trx, { backend, candidate, standing })) requeued.push(candidate.id);
    else staying.push({ candidate, standing });
  }
  if (leader !== undefined) await supersedeAnew(trx, { ids: idsOf(staying), by: leader.candidateId });
  const rerun = await runAgain(trx, [...superseded, ...staying]);
  return { superseded: idsOf(superseded), requeued, rerun };
}

/** The ids of candidates that were judged. */
export function idsOf(judged: readonly Judged[]): string[] {
  return judged.map(({ candidate }) => candidate.id);
}

async function comesBack(
  trx: Trx,
  { backend, candidate, standing }: Judged & { backend: Backend },
): Promise<boolean> {
  if (!standing.isOver || (await isBanned(trx, candidate))) return false;
  const { comparison, contested } = standing;
  const again = { id: candidate.id, comparison, contested, at: nowOf(backend) };
  return (await requeueCandidate(trx, again)) !== undefined;
}

const EXPLANATION = "waits for another cycle, in which it runs beside whoever leads then";

async function runAgain(trx: Trx, judged: readonly Judged[]): Promise<string[]> {
  const rerun: string[] = [];
  for (const { candidate, standing } of judged) {
    if (standing.isKnown || (await isBanned(trx, candidate))) continue;
    const { submissionId, competitionId, coldkey } = candidate;
    const submission = { id: submissionId, competitionId, coldkey, explanation: EXPLANATION };
    if ((await rerunSubmission(trx, submission)) !== undefined) rerun.push(candidate.id);
  }
  return rerun;
}

async function isBanned(trx: Trx, { netuid, hotkey, coldkey }: CandidateRow): Promise<boolean> {
  return (await findBanOf(trx, { netuid, addresses: [hotkey, coldkey] })) !== undefined;
}
