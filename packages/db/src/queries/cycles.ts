import type { Page } from "@assay/core";
import { sql } from "kysely";
import type { Db, Trx } from "../connect.ts";
import { DbError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { CycleRow, CyclesTable, RosterEntry } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";

export type NewCycle = {
  netuid: number;
  competitionId: string;
  thresholdsVersion: number;
  secret: string;
  secretHash: string;
  openedAt: Date;
  openedAtBlock: number;
};

/** Opens a cycle and the partition its results will lie in; undefined if the competition has one collecting. */
export async function openCycle(trx: Trx, values: NewCycle): Promise<CycleRow | undefined> {
  const id = newId("cycle");
  await sql`select ensure_results_partition(${id})`.execute(trx);
  return trx
    .insertInto("cycles")
    .values({ ...values, id, status: "collecting" })
    .onConflict((conflict) => conflict.column("competitionId").where("status", "=", "collecting").doNothing())
    .returningAll()
    .executeTakeFirst();
}

export type CycleClose = {
  id: string;
  closedAt: Date;
  closedAtBlock: number;
  randomness: string;
  leaderSubmissionId: string | null;
  roster: RosterEntry[];
};

/** Ends the collecting of a cycle and fixes what it is judged with; undefined if it was not collecting. */
export function closeCycle(trx: Trx, { id, roster, ...close }: CycleClose): Promise<CycleRow | undefined> {
  return trx
    .updateTable("cycles")
    .set({ ...close, roster: JSON.stringify(roster), status: "running" })
    .where("id", "=", id)
    .where("status", "=", "collecting")
    .returningAll()
    .executeTakeFirst();
}

/** Ends a cycle and cancels what is left of its jobs; undefined if it was not running. */
export async function finishCycle(
  trx: Trx,
  { id, doneAt, doneAtBlock }: { id: string; doneAt: Date; doneAtBlock: number },
): Promise<CycleRow | undefined> {
  const finished = await trx
    .updateTable("cycles")
    .set({ status: "done", doneAt, doneAtBlock })
    .where("id", "=", id)
    .where("status", "=", "running")
    .returningAll()
    .executeTakeFirst();
  if (finished === undefined) return undefined;
  await trx
    .updateTable("jobs")
    .set({ status: "cancelled", leasedUntil: null, finishedAt: doneAt })
    .where("cycleId", "=", id)
    .where("status", "in", ["open", "leased"])
    .execute();
  return finished;
}

/** A cycle; undefined if there is none of that id. */
export function findCycle(db: Db, id: string): Promise<CycleRow | undefined> {
  return db.selectFrom("cycles").selectAll().where("id", "=", id).executeTakeFirst();
}

/** A cycle; throws DB_NOT_FOUND. */
export async function getCycle(db: Db, id: string): Promise<CycleRow> {
  const found = await findCycle(db, id);
  if (found === undefined) throw new DbError({ code: "DB_NOT_FOUND", table: "cycles", id });
  return found;
}

/** The cycle of a competition that accepts submissions at the moment. */
export function findCollectingCycle(db: Db, competitionId: string): Promise<CycleRow | undefined> {
  return db
    .selectFrom("cycles")
    .selectAll()
    .where("competitionId", "=", competitionId)
    .where("status", "=", "collecting")
    .executeTakeFirst();
}

/** Every cycle of a subnet in one status, oldest first. */
export function listCyclesByStatus(
  db: Db,
  { netuid, status }: { netuid: number; status: CyclesTable["status"] },
): Promise<CycleRow[]> {
  return db
    .selectFrom("cycles")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("status", "=", status)
    .orderBy("id")
    .execute();
}

/** Cycles of a competition, newest first; the cursor is the id of the page's last one. */
export async function listCycles(
  db: Db,
  { competitionId, limit, cursor }: PageOf & { competitionId: string },
): Promise<Page<CycleRow>> {
  let query = db.selectFrom("cycles").selectAll().where("competitionId", "=", competitionId);
  if (cursor != null) query = query.where("id", "<", cursor);
  const rows = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => row.id });
}

/** Which of some cycles closed after a block, or have not closed. */
export async function cyclesClosedAfter(
  db: Db,
  { ids, block }: { ids: readonly string[]; block: number },
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("cycles")
    .select("id")
    .where("id", "in", ids)
    .where((is) => is.or([is("closedAtBlock", "is", null), is("closedAtBlock", ">", block)]))
    .execute();
  return new Set(rows.map(({ id }) => id));
}
