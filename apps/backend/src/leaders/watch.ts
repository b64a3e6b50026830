import { decayedPoints, type LossRules, leaderLoss } from "@assay/core";
import {
  endLeader,
  findCurrentLeader,
  hastenDuty,
  type LeaderRow,
  lockCompetition,
  noteLeader,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, blockOf, nowOf } from "../backend.ts";
import { dropBar } from "../candidates/queue.ts";
import { LEADERS, SCORING } from "../duties/names.ts";

/** How leaders are lost, and how fast what they are paid halves; null is one tempo. */
export type Graces = LossRules & { readonly decayHalfLifeBlocks: number | null };

type Noted = Pick<LeaderRow, "absentSinceBlock" | "lostAtBlock" | "lostBecause" | "halfLifeBlocks">;

/** What should be noted of a leader at the newest block. */
export function standingOf(
  backend: Backend,
  { leader, graces }: { leader: LeaderRow; graces: Graces },
): Noted {
  const { metagraph, neurons } = backend.subnet.current();
  // A replica may know an older block than the one that noted the leader.
  const block = Math.max(metagraph.at.block, leader.fromBlock, leader.absentSinceBlock ?? 0);
  const absentSinceBlock = neurons.has(leader.hotkey) ? null : (leader.absentSinceBlock ?? block);
  const loss = leaderLoss({ ...leader, absentSinceBlock }, graces, block);
  if (loss === null) return { absentSinceBlock, lostAtBlock: null, lostBecause: null, halfLifeBlocks: null };
  const { lostAtBlock, lostBecause, halfLifeBlocks } = leader;
  if (lostAtBlock !== null) return { absentSinceBlock, lostAtBlock, lostBecause, halfLifeBlocks };
  return {
    absentSinceBlock,
    lostAtBlock: loss.lostAtBlock,
    lostBecause: loss.because,
    halfLifeBlocks: graces.decayHalfLifeBlocks ?? metagraph.tempo,
  };
}

/** Whether a leader is to be noted otherwise than it is, or has nothing left to be paid. */
export function isDue(backend: Backend, { leader, graces }: { leader: LeaderRow; graces: Graces }): boolean {
  const noted = standingOf(backend, { leader, graces });
  return isChanged(leader, noted) || isSpent(noted, blockOf(backend));
}

/** Notes absence, loss and recovery of a competition's leader; one whose points have decayed leads no more. */
export async function watchLeader(
  trx: Trx,
  { backend, competitionId, graces }: { backend: Backend; competitionId: string; graces: Graces },
): Promise<void> {
  await lockCompetition(trx, competitionId);
  const leader = await findCurrentLeader(trx, competitionId);
  if (leader === undefined) return;
  const noted = standingOf(backend, { leader, graces });
  if (isSpent(noted, blockOf(backend))) await end(trx, { backend, leader });
  else if (isChanged(leader, noted)) await note(trx, { backend, leader, noted });
  else return;
  await hastenDuty(trx, { netuid: backend.netuid, name: SCORING, now: nowOf(backend) });
}

type Watched = { backend: Backend; leader: LeaderRow };

async function note(trx: Trx, { backend, leader, noted }: Watched & { noted: Noted }): Promise<void> {
  await noteLeader(trx, { id: leader.id, ...noted });
  if (noted.lostAtBlock === leader.lostAtBlock) return;
  const action = noted.lostAtBlock === null ? "leader.recover" : "leader.lose";
  const facts = { hotkey: leader.hotkey, ...noted };
  await recordAct(trx, backend, { by: LEADERS, action, target: leader.candidateId, facts });
  backend.log.warn(
    { competition: leader.competitionId, action, ...facts },
    "leader is being lost or is back",
  );
}

/** Nobody falls into its place: what decays follows the rules for competitions without leader. */
async function end(trx: Trx, { backend, leader }: Watched): Promise<void> {
  const { competitionId, candidateId } = leader;
  const at = { endedAt: nowOf(backend), endedAtBlock: Math.max(blockOf(backend), leader.fromBlock) };
  await endLeader(trx, { competitionId, ...at, endReason: "decayed" });
  const change = await dropBar(trx, { backend, competitionId, leader: undefined, fallen: candidateId });
  const facts = { hotkey: leader.hotkey, lostBecause: leader.lostBecause, ...change };
  await recordAct(trx, backend, { by: LEADERS, action: "leader.decay", target: candidateId, facts });
}

function isChanged(leader: Noted, noted: Noted): boolean {
  return leader.absentSinceBlock !== noted.absentSinceBlock || leader.lostAtBlock !== noted.lostAtBlock;
}

/** Whether nothing is left of a lost leader's points, whatever their number. */
function isSpent({ lostAtBlock, halfLifeBlocks }: Noted, block: number): boolean {
  if (lostAtBlock === null || halfLifeBlocks === null || block < lostAtBlock) return false;
  return decayedPoints({ points: 1, lostAtBlock, block, halfLifeBlocks }) === 0n;
}
