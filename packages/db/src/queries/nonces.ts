import type { Db } from "../connect.ts";

export type NewNonce = { netuid: number; signer: string; nonce: string; expiresAt: Date };

/** Remembers a nonce; undefined if the signer has used it before, so the request is a replay. */
export function insertNonce(db: Db, values: NewNonce): Promise<NewNonce | undefined> {
  return db
    .insertInto("nonces")
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** Forgets nonces whose requests would be refused as expired anyway; returns how many. */
export async function pruneNonces(db: Db, now: Date): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom("nonces").where("expiresAt", "<=", now).executeTakeFirst();
  return Number(numDeletedRows);
}
