import {
  type CompetitionRow,
  dropEntrants,
  endLeader,
  finishCycle,
  listCyclesByStatus,
  listPendingCandidates,
  supersedeCandidates,
  type Trx,
} from "@assay/db";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { writeSnapshot } from "../snapshots/write.ts";

/** What the end of a competition did. */
export type End = { leader: string | null; closed: string[]; dropped: number; snapshot: number | null };

/** Closes everything of a competition that is locked and over: its leader is paid no more from the next snapshot on. */
export async function closeCompetition(
  trx: Trx,
  { backend, competition }: { backend: Backend; competition: CompetitionRow },
): Promise<End> {
  const { id: competitionId } = competition;
  const at = nowOf(backend);
  const closed = (await listPendingCandidates(trx, competitionId)).map(({ id }) => id);
  await supersedeCandidates(trx, { competitionId, ids: closed, because: "competition-ended" });
  const dropped = await dropEntrants(trx, { competitionId, explanation: "the competition is over", at });
  await finishRunning(trx, { backend, competitionId });
  const end = { endedAt: at, endedAtBlock: blockOf(backend), endReason: "ended" } as const;
  const leader = await endLeader(trx, { competitionId, ...end });
  const snapshot = leader === undefined ? null : (await writeSnapshot(trx, backend)).version;
  return { leader: leader?.hotkey ?? null, closed, dropped, snapshot };
}

/** A running cycle is over without verdicts, so that its seeds become public. */
async function finishRunning(
  trx: Trx,
  { backend, competitionId }: { backend: Backend; competitionId: string },
): Promise<void> {
  const running = await listCyclesByStatus(trx, { netuid: backend.netuid, status: "running" });
  const at = { doneAt: nowOf(backend), doneAtBlock: blockOf(backend) };
  for (const cycle of running)
    if (cycle.competitionId === competitionId) await finishCycle(trx, { id: cycle.id, ...at });
}
