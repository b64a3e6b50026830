import type { Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { newId } from "../ids.ts";
import type { LeaderEndReason, LeaderRow } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";

export type NewLeader = {
  netuid: number;
  competitionId: string;
  candidateId: string;
  submissionId: string;
  hotkey: string;
  coldkey: string;
  approvedBy: string;
  approvedAt: Date;
  fromBlock: number;
};

/** The leaders of a subnet's competitions at the moment. */
export function currentLeaders(db: Db, netuid: number): Promise<LeaderRow[]> {
  return db
    .selectFrom("leaders")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("endedAt", "is", null)
    .orderBy("competitionId")
    .execute();
}

/** The leader of one competition at the moment. */
export function findCurrentLeader(db: Db, competitionId: string): Promise<LeaderRow | undefined> {
  return db
    .selectFrom("leaders")
    .selectAll()
    .where("competitionId", "=", competitionId)
    .where("endedAt", "is", null)
    .executeTakeFirst();
}

/** Who led a subnet's competitions once everything of a block had been decided. */
export function leadersAt(
  db: Db,
  { netuid, block }: { netuid: number; block: number },
): Promise<LeaderRow[]> {
  return db
    .selectFrom("leaders")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("fromBlock", "<=", block)
    .where((is) => is.or([is("endedAtBlock", "is", null), is("endedAtBlock", ">", block)]))
    .orderBy("competitionId")
    .execute();
}

/** Whether a submission has led a competition from a block on that is not later than that. */
export async function hasLed(
  db: Db,
  { competitionId, submissionId, by }: { competitionId: string; submissionId: string; by: number },
): Promise<boolean> {
  const found = await db
    .selectFrom("leaders")
    .select("id")
    .where("competitionId", "=", competitionId)
    .where("submissionId", "=", submissionId)
    .where("fromBlock", "<=", by)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export type LeaderEnd = {
  competitionId: string;
  endedAt: Date;
  endedAtBlock: number;
  endReason: LeaderEndReason;
};

/** Ends a competition's leadership; undefined if nobody led. */
export function endLeader(trx: Trx, { competitionId, ...end }: LeaderEnd): Promise<LeaderRow | undefined> {
  return trx
    .updateTable("leaders")
    .set(end)
    .where("competitionId", "=", competitionId)
    .where("endedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Puts an approved candidate in the lead; returns the new leader and the one it replaced. */
export async function replaceLeader(
  trx: Trx,
  values: NewLeader,
): Promise<{ leader: LeaderRow; previous: LeaderRow | undefined }> {
  const previous = await endLeader(trx, {
    competitionId: values.competitionId,
    endedAt: values.approvedAt,
    endedAtBlock: values.fromBlock,
    endReason: "replaced",
  });
  const leader = await trx
    .insertInto("leaders")
    .values({ ...values, id: newId("leader") })
    .returningAll()
    .executeTakeFirstOrThrow();
  return { leader, previous };
}

export type LeaderNote = { id: string } & Partial<
  Pick<LeaderRow, "missedCycles" | "absentSinceBlock" | "lostAtBlock" | "lostBecause" | "halfLifeBlocks">
>;

/** Notes how a leader stands; undefined if it no longer leads. */
export function noteLeader(trx: Trx, { id, ...note }: LeaderNote): Promise<LeaderRow | undefined> {
  return trx
    .updateTable("leaders")
    .set(note)
    .where("id", "=", id)
    .where("endedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Everyone who has led a competition, latest first; the cursor is the id of the page's last one. */
export async function listLeaders(
  db: Db,
  { competitionId, limit, cursor }: PageOf & { competitionId: string },
): Promise<Page<LeaderRow>> {
  let query = db.selectFrom("leaders").selectAll().where("competitionId", "=", competitionId);
  if (cursor != null) query = query.where("id", "<", cursor);
  const rows = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => row.id });
}

/** Leaderships of a competition that may be taken up again, latest first: ended, and still of an approved candidate. */
export function listFormerLeaders(db: Db, competitionId: string): Promise<LeaderRow[]> {
  return db
    .selectFrom("leaders")
    .innerJoin("candidates", "candidates.id", "leaders.candidateId")
    .selectAll("leaders")
    .where("leaders.competitionId", "=", competitionId)
    .where("leaders.endedAt", "is not", null)
    .where("leaders.endReason", "<>", "decayed")
    .where("candidates.status", "=", "approved")
    .orderBy("leaders.id", "desc")
    .execute();
}
