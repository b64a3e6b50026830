import type { Caller, Leadership, ListLeaderships } from "@assay/api";
import type { Leader, Page } from "@assay/core";
import { currentLeaders, findCompetition, type LeaderRow, leadersAt, listLeaders } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";
import { horizonOf } from "../snapshots/horizon.ts";

/** The approved leader of every competition that has one, as far as the caller may know. */
export async function getLeaders(backend: Backend, { caller }: { caller: Caller }): Promise<Leader[]> {
  return (await leadersKnownTo(backend, caller)).map(leaderView);
}

/** Who leads, or for those who may not know yet, who led when the newest public snapshot was made. */
export async function leadersKnownTo(backend: Backend, caller: Caller): Promise<LeaderRow[]> {
  const { db, netuid } = backend;
  const horizon = await horizonOf(backend, caller);
  return horizon === null ? currentLeaders(db, netuid) : leadersAt(db, { netuid, block: horizon.block });
}

/** Everyone who has led a competition, latest first. */
export async function pageLeaders(
  { db, netuid }: Backend,
  input: ListLeaderships,
): Promise<Page<Leadership>> {
  const { competitionId: id } = input;
  found(await findCompetition(db, id), { kind: "competition", id, netuid });
  const { items, nextCursor } = await listLeaders(db, input);
  return { items: items.map(leadershipView), nextCursor };
}

function leadershipView(row: LeaderRow): Leadership {
  const { endedAt, endedAtBlock, endReason, lostAtBlock, lostBecause } = row;
  const end = { endedAt: endedAt?.toISOString() ?? null, endedAtBlock, endReason };
  return { ...leaderView(row), ...end, lostAtBlock, lostBecause };
}

function leaderView(row: LeaderRow): Leader {
  const { competitionId, candidateId, submissionId, hotkey, approvedBy, approvedAt, fromBlock } = row;
  return {
    competitionId,
    candidateId,
    submissionId,
    hotkey,
    approvedBy,
    approvedAt: approvedAt.toISOString(),
    fromBlock,
  };
}
