import type { Db, Trx } from "../connect.ts";
import type { ResultRow } from "../schema.ts";

export type NewResult = ResultRow & { body: string };

/** `repeated`: the same text again; `conflicting`: another text under the same attempt, of which the first counts. */
export type ResultOutcome = { outcome: "accepted" | "repeated" | "conflicting"; result: ResultRow };

/** Stores a signed result once, however often it is sent. */
export async function insertResult(trx: Trx, values: NewResult): Promise<ResultOutcome> {
  const result = await trx
    .insertInto("results")
    .values(values)
    .onConflict((conflict) => conflict.columns(["cycleId", "jobId", "validator", "attempt"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (result !== undefined) return { outcome: "accepted", result };
  const first = await resultOf(trx, values).executeTakeFirstOrThrow();
  return { outcome: first.bodySha256 === values.bodySha256 ? "repeated" : "conflicting", result: first };
}

type ResultKey = Pick<ResultRow, "cycleId" | "jobId" | "validator" | "attempt">;

function resultOf(db: Db, { cycleId, jobId, validator, attempt }: ResultKey) {
  return db
    .selectFrom("results")
    .selectAll()
    .where("cycleId", "=", cycleId)
    .where("jobId", "=", jobId)
    .where("validator", "=", validator)
    .where("attempt", "=", attempt);
}

/** The result of one attempt; undefined if none has been received. */
export function findResult(db: Db, key: ResultKey): Promise<ResultRow | undefined> {
  return resultOf(db, key).executeTakeFirst();
}

/** Every result of a cycle by job and attempt, with the signed texts. */
export function listResultsOfCycle(db: Db, cycleId: string): Promise<ResultRow[]> {
  return db
    .selectFrom("results")
    .selectAll()
    .where("cycleId", "=", cycleId)
    .orderBy("jobId")
    .orderBy("validator")
    .orderBy("attempt")
    .execute();
}
