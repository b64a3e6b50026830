import { sql } from "kysely";
import type { Db, Trx } from "../connect.ts";
import type { CycleRow } from "../schema.ts";

/** Cycles that ended before a moment, keep the texts of their results and have nobody in the queue, oldest first. */
export function listClearableCycles(
  db: Db,
  { netuid, before, limit }: { netuid: number; before: Date; limit: number },
): Promise<CycleRow[]> {
  return clearable(db, before).where("netuid", "=", netuid).orderBy("doneAt").limit(limit).execute();
}

function clearable(db: Db, before: Date) {
  return db
    .selectFrom("cycles")
    .selectAll()
    .where("cycles.status", "=", "done")
    .where("resultTexts", "=", "kept")
    .where("doneAt", "<=", before)
    .where((is) =>
      // A pending candidate is held against whoever leads by the texts of its cycle.
      is.not(
        is.exists(
          is
            .selectFrom("candidates")
            .select("candidates.id")
            .whereRef("candidates.cycleId", "=", "cycles.id")
            .where("candidates.status", "=", "pending"),
        ),
      ),
    );
}

/**
 * Lets the texts of a cycle's results go from now on, and tells how many do; undefined if they may not. The caller holds
 * the competition's lock, so that nobody returns to the queue meanwhile.
 */
export async function beginClearing(
  trx: Trx,
  { id, before, at }: { id: string; before: Date; at: Date },
): Promise<{ cycle: CycleRow; texts: number } | undefined> {
  if ((await clearable(trx, before).where("id", "=", id).executeTakeFirst()) === undefined) return undefined;
  const cycle = await trx
    .updateTable("cycles")
    .set({ resultTexts: "clearing", textsClearedAt: at })
    .where("id", "=", id)
    .where("resultTexts", "=", "kept")
    .returningAll()
    .executeTakeFirst();
  if (cycle === undefined) return undefined;
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from results ${clearableTexts(id)}`.execute(trx);
  return { cycle, texts: rows[0]?.count ?? 0 };
}

/** Cycles whose texts are going, oldest first. */
export function listClearingCycles(db: Db, netuid: number): Promise<CycleRow[]> {
  return db
    .selectFrom("cycles")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("status", "=", "done")
    .where("resultTexts", "=", "clearing")
    .orderBy("doneAt")
    .execute();
}

/** Clears some texts of a cycle that is clearing; fewer than `limit` means that none is left, and the cycle says so. */
export async function clearTexts(
  trx: Trx,
  { cycleId, limit }: { cycleId: string; limit: number },
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update results set body = null
    where cycle_id = ${cycleId} and (job_id, validator, attempt) in (
      select job_id, validator, attempt from results ${clearableTexts(cycleId)} limit ${limit})`.execute(trx);
  const cleared = Number(numAffectedRows);
  if (cleared < limit) await endClearing(trx, cycleId);
  return cleared;
}

/** Texts that contradict another one stay: only both together prove that their validator signed both. */
function clearableTexts(cycleId: string) {
  return sql`
    where cycle_id = ${cycleId} and body is not null and not exists (
      select from equivocations e
      where (e.cycle_id, e.job_id, e.validator, e.attempt)
        = (results.cycle_id, results.job_id, results.validator, results.attempt))`;
}

async function endClearing(trx: Trx, id: string): Promise<void> {
  await trx
    .updateTable("cycles")
    .set({ resultTexts: "cleared" })
    .where("id", "=", id)
    .where("resultTexts", "=", "clearing")
    .execute();
}
