import { sql } from "kysely";
import type { Trx } from "../connect.ts";

/**
 * Waits until no other transaction holds the same subject; the lock ends with the transaction.
 *
 * Locks are taken in the order submissions, competition, candidates, rules, snapshots, audit, so that none waits in a circle.
 */
export async function lockSubject(trx: Trx, subject: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`.execute(trx);
}
