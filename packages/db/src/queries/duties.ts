import { sql } from "kysely";
import type { Db, Trx } from "../connect.ts";
import type { DutyRow } from "../schema.ts";

type DutyName = { netuid: number; name: string };

/** Makes a duty known, due at a moment; one that exists keeps its own. */
export async function ensureDuty(db: Db, duty: DutyName & { dueAt: Date }): Promise<void> {
  await db
    .insertInto("duties")
    .values({ ...duty, fence: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Claims a duty that is due and that nobody holds; undefined otherwise. Its fence is newer than any before.
 *
 * It is due again when the lease runs out, so a holder that dies is followed by another.
 */
export function claimDuty(
  db: Db,
  { netuid, name, now, leasedUntil }: DutyName & { now: Date; leasedUntil: Date },
): Promise<DutyRow | undefined> {
  return db
    .updateTable("duties")
    .set({ leasedUntil, dueAt: leasedUntil, fence: sql<number>`fence + 1` })
    .where("netuid", "=", netuid)
    .where("name", "=", name)
    .where("dueAt", "<=", now)
    .where((is) => is.or([is("leasedUntil", "is", null), is("leasedUntil", "<=", now)]))
    .returningAll()
    .executeTakeFirst();
}

/** What a holder shows with everything it writes. */
export type DutyClaim = DutyName & { fence: number };

/** Tells whether a claim still holds, and keeps it so until the transaction ends: a stalled holder writes nothing. */
export async function holdsDuty(trx: Trx, { netuid, name, fence }: DutyClaim): Promise<boolean> {
  const held = await trx
    .selectFrom("duties")
    .select("fence")
    .where("netuid", "=", netuid)
    .where("name", "=", name)
    .where("fence", "=", fence)
    .forUpdate()
    .executeTakeFirst();
  return held !== undefined;
}

/** Prolongs a claim whose lease has not run out; undefined if it has, or if the claim has ended. */
export function renewDuty(
  db: Db,
  { netuid, name, fence, now, leasedUntil }: DutyClaim & { now: Date; leasedUntil: Date },
): Promise<DutyRow | undefined> {
  return db
    .updateTable("duties")
    .set({ dueAt: unlessHastened(leasedUntil), leasedUntil })
    .where("netuid", "=", netuid)
    .where("name", "=", name)
    .where("fence", "=", fence)
    .where("leasedUntil", ">", now)
    .returningAll()
    .executeTakeFirst();
}

/** Ends a claim and sets when the duty is due next, unless hastened; undefined if it has been claimed anew meanwhile. */
export function finishDuty(
  db: Db,
  { netuid, name, fence, dueAt }: DutyClaim & { dueAt: Date },
): Promise<DutyRow | undefined> {
  return db
    .updateTable("duties")
    .set({ dueAt: unlessHastened(dueAt), leasedUntil: null })
    .where("netuid", "=", netuid)
    .where("name", "=", name)
    .where("fence", "=", fence)
    .returningAll()
    .executeTakeFirst();
}

/** While a duty is held it is due when its lease ends; an earlier moment was set by `hastenDuty`. */
function unlessHastened(dueAt: Date) {
  return sql<Date>`case when due_at < leased_until then due_at else ${dueAt}::timestamptz end`;
}

/** Makes a duty due at once, such as scoring after a decision; a run in progress is followed by another. */
export async function hastenDuty(db: Db, { netuid, name, now }: DutyName & { now: Date }): Promise<void> {
  await db
    .updateTable("duties")
    .set({ dueAt: now })
    .where("netuid", "=", netuid)
    .where("name", "=", name)
    .where("dueAt", ">", now)
    .execute();
}

/** The duties of a subnet by name. */
export function listDuties(db: Db, netuid: number): Promise<DutyRow[]> {
  return db.selectFrom("duties").selectAll().where("netuid", "=", netuid).orderBy("name").execute();
}
