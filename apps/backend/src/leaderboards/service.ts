import type { Caller, GetLeaderboard, Placement } from "@assay/api";
import type { Page } from "@assay/core";
import { countReporters, findCompetition, type PlacedRow, pageLeaderboard } from "@assay/db";
import type { Backend } from "../backend.ts";
import { leadersKnownTo } from "../leaders/service.ts";
import { found } from "../not-found.ts";

/** Judged submissions of a competition in their places. */
export async function getLeaderboard(
  backend: Backend,
  { caller, ...input }: GetLeaderboard & { caller: Caller },
): Promise<Page<Placement>> {
  const { db, netuid } = backend;
  const { competitionId: id } = input;
  found(await findCompetition(db, id), { kind: "competition", id, netuid });
  const leaders = await leadersKnownTo(backend, caller);
  const leader = leaders.find(({ competitionId }) => competitionId === id);
  const { items, nextCursor } = await pageLeaderboard(db, input);
  const reporters = await countReporters(db, items);
  const leading = leader?.submissionId;
  return { items: items.flatMap((row) => placementOf(row, { reporters, leading })), nextCursor };
}

type Around = { reporters: ReadonlyMap<string, number>; leading: string | undefined };

/** Only what a cycle has judged has figures, which the columns cannot say. */
function placementOf(row: PlacedRow, { reporters, leading }: Around): Placement[] {
  const { id: submissionId, rank, hotkey, status, cycleId, acceptedAtBlock, figures } = row;
  if (figures === null || cycleId === null) return [];
  const isLeader = submissionId === leading;
  const validators = reporters.get(submissionId) ?? 0;
  return [{ rank, submissionId, hotkey, status, isLeader, cycleId, acceptedAtBlock, figures, validators }];
}
