import type { CreateKey, Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { CHANNELS, notify } from "../notify.ts";
import type { ApiKeyRow } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";

export type NewApiKey = Pick<CreateKey, "name" | "role"> & {
  /** Null for a key that is good for every subnet. */
  netuid: number | null;
  /** `newId("key")`; the token is made from it before it is stored. */
  id: string;
  hotkey: string | null;
  /** The person it belongs to; left out, the key's name. */
  owner?: string;
  secretHash: string;
  createdAt: Date;
  expiresAt: Date;
};

/** Stores a key by the hash of its secret. */
export function insertApiKey(trx: Trx, values: NewApiKey): Promise<ApiKeyRow> {
  const owner = values.owner ?? values.name;
  return trx
    .insertInto("apiKeys")
    .values({ ...values, owner })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A key by its id, revoked and expired ones included; undefined if there is none. */
export function findApiKey(db: Db, id: string): Promise<ApiKeyRow | undefined> {
  return db.selectFrom("apiKeys").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Keys that are good on a subnet, oldest first, revoked and expired ones included. */
export function listApiKeys(db: Db, netuid: number): Promise<ApiKeyRow[]> {
  return db
    .selectFrom("apiKeys")
    .selectAll()
    .where((is) => is.or([is("netuid", "=", netuid), is("netuid", "is", null)]))
    .orderBy("id")
    .execute();
}

/** Revokes a key and tells every replica; undefined if it is absent or revoked already. */
export async function revokeApiKey(
  trx: Trx,
  { id, revokedAt }: { id: string; revokedAt: Date },
): Promise<ApiKeyRow | undefined> {
  const revoked = await trx
    .updateTable("apiKeys")
    .set({ revokedAt })
    .where("id", "=", id)
    .where("revokedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
  if (revoked !== undefined) await notify(trx, { channel: CHANNELS.keys, payload: id });
  return revoked;
}

/** One page of the keys that are good on a subnet, newest first; the cursor is the id of the page's last one. */
export async function pageApiKeys(
  db: Db,
  { netuid, limit, cursor }: PageOf & { netuid: number },
): Promise<Page<ApiKeyRow>> {
  let query = db
    .selectFrom("apiKeys")
    .selectAll()
    .where((is) => is.or([is("netuid", "=", netuid), is("netuid", "is", null)]));
  if (cursor != null) query = query.where("id", "<", cursor);
  const rows = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => row.id });
}

/** Lets another key take the place of one, which ends early; undefined if it is revoked or has been replaced. */
export function replaceApiKey(
  trx: Trx,
  { id, replacedBy, expiresAt }: { id: string; replacedBy: string; expiresAt: Date },
): Promise<ApiKeyRow | undefined> {
  return trx
    .updateTable("apiKeys")
    .set({ replacedBy, expiresAt })
    .where("id", "=", id)
    .where("revokedAt", "is", null)
    .where("replacedBy", "is", null)
    .returningAll()
    .executeTakeFirst();
}
