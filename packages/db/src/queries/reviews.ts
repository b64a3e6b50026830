import type { Db, Trx } from "../connect.ts";
import { newId } from "../ids.ts";
import type { ReviewRow } from "../schema.ts";

export type NewReview = Omit<ReviewRow, "id">;

/** Stores what somebody says about a candidate; it is never changed. */
export function insertReview(trx: Trx, values: NewReview): Promise<ReviewRow> {
  return trx
    .insertInto("reviews")
    .values({ ...values, id: newId("review") })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What was said about candidates, oldest first. */
export async function listReviews(db: Db, candidateIds: readonly string[]): Promise<ReviewRow[]> {
  if (candidateIds.length === 0) return [];
  return db
    .selectFrom("reviews")
    .selectAll()
    .where("candidateId", "in", candidateIds)
    .orderBy("id")
    .execute();
}
