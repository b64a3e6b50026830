import type { Leadership, ListLeaderships } from "@assay/api";
import type { Leader, Page } from "@assay/core";
import { currentLeaders, findCompetition, type LeaderRow, listLeaders } from "@assay/db";
import type { Backend } from "../backend.ts";
import { found } from "../not-found.ts";

/** The approved leader of every competition that has one. */
export async function getLeaders({ db, netuid }: Backend): Promise<Leader[]> {
  return (await currentLeaders(db, netuid)).map(leaderView);
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
