import {
  endLeader,
  findBanOf,
  type LeaderEndReason,
  type LeaderRow,
  listFormerLeaders,
  replaceLeader,
  type Trx,
} from "@assay/db";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { dropBar, type QueueChange } from "../candidates/queue.ts";

/** Who leads after a fall, by candidate, and what it did to the queue. */
export type Fall = QueueChange & { leads: string | null };

/** Ends a leadership and lets the latest approved leader that is neither revoked, banned nor unregistered lead again. */
export async function fallOf(
  trx: Trx,
  { backend, leader, endReason }: { backend: Backend; leader: LeaderRow; endReason: LeaderEndReason },
): Promise<Fall> {
  const { competitionId, candidateId: fallen } = leader;
  const end = { endedAt: nowOf(backend), endedAtBlock: blockOf(backend), endReason };
  await endLeader(trx, { competitionId, ...end });
  const successor = await restore(trx, { backend, leader });
  const change = await dropBar(trx, { backend, competitionId, leader: successor, fallen });
  return { leads: successor?.candidateId ?? null, ...change };
}

async function restore(
  trx: Trx,
  { backend, leader }: { backend: Backend; leader: LeaderRow },
): Promise<LeaderRow | undefined> {
  for (const former of await listFormerLeaders(trx, leader.competitionId)) {
    if (former.candidateId === leader.candidateId || !(await mayLead(trx, { backend, former }))) continue;
    const { netuid, competitionId, candidateId, submissionId, hotkey, coldkey, approvedBy, approvedAt } =
      former;
    const identity = { netuid, competitionId, candidateId, submissionId, hotkey, coldkey };
    const restored = { ...identity, approvedBy, approvedAt, fromBlock: blockOf(backend) };
    return (await replaceLeader(trx, restored)).leader;
  }
  return undefined;
}

async function mayLead(
  trx: Trx,
  { backend, former }: { backend: Backend; former: LeaderRow },
): Promise<boolean> {
  const { netuid, hotkey, coldkey } = former;
  if (!backend.subnet.current().neurons.has(hotkey)) return false;
  return (await findBanOf(trx, { netuid, addresses: [hotkey, coldkey] })) === undefined;
}
