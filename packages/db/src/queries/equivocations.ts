import type { Db, Trx } from "../connect.ts";
import type { EquivocationRow } from "../schema.ts";

/** Keeps a result that contradicts the first one under its attempt; one is proof enough, so later ones are not kept. */
export function insertEquivocation(trx: Trx, values: EquivocationRow): Promise<EquivocationRow | undefined> {
  return trx
    .insertInto("equivocations")
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Results of a cycle that contradict another of the same validator, with the texts it signed. */
export function listEquivocations(db: Db, cycleId: string): Promise<EquivocationRow[]> {
  return db
    .selectFrom("equivocations")
    .selectAll()
    .where("cycleId", "=", cycleId)
    .orderBy("jobId")
    .orderBy("attempt")
    .execute();
}
