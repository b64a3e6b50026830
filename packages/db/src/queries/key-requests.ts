import type { Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { newId } from "../ids.ts";
import type { KeyRequestRow } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";

export type NewKeyRequest = Pick<KeyRequestRow, "netuid" | "hotkey" | "name" | "requestedAt">;

/** Stores a wish for a key; undefined if the hotkey has one that is not decided yet. */
export function insertKeyRequest(trx: Trx, values: NewKeyRequest): Promise<KeyRequestRow | undefined> {
  return trx
    .insertInto("keyRequests")
    .values({ ...values, id: newId("request"), status: "pending" })
    .onConflict((conflict) =>
      conflict.columns(["netuid", "hotkey"]).where("status", "=", "pending").doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
}

/** The undecided request of a hotkey; undefined if there is none. */
export function findPendingKeyRequest(
  db: Db,
  { netuid, hotkey }: { netuid: number; hotkey: string },
): Promise<KeyRequestRow | undefined> {
  return db
    .selectFrom("keyRequests")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("hotkey", "=", hotkey)
    .where("status", "=", "pending")
    .executeTakeFirst();
}

/** A request, locked until the transaction ends; undefined if there is none of that id. */
export function lockKeyRequest(trx: Trx, id: string): Promise<KeyRequestRow | undefined> {
  return trx.selectFrom("keyRequests").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

export type KeyRequestDecision = {
  id: string;
  status: "granted" | "refused";
  expiresInDays: number | null;
  decidedAt: Date;
  decidedBy: string;
  reason: string | null;
};

/** Decides a request; undefined if it is absent or decided. */
export function decideKeyRequest(
  trx: Trx,
  { id, ...decision }: KeyRequestDecision,
): Promise<KeyRequestRow | undefined> {
  return trx
    .updateTable("keyRequests")
    .set(decision)
    .where("id", "=", id)
    .where("status", "=", "pending")
    .returningAll()
    .executeTakeFirst();
}

/** Notes which key a granted request was collected as. */
export function collectKeyRequest(
  trx: Trx,
  { id, keyId }: { id: string; keyId: string },
): Promise<KeyRequestRow | undefined> {
  return trx
    .updateTable("keyRequests")
    .set({ status: "collected", keyId })
    .where("id", "=", id)
    .where("status", "in", ["granted", "collected"])
    .returningAll()
    .executeTakeFirst();
}

/** One page of a subnet's requests, newest first, of one status if given. */
export async function pageKeyRequests(
  db: Db,
  {
    netuid,
    status,
    limit,
    cursor,
  }: PageOf & { netuid: number; status?: KeyRequestRow["status"] | null | undefined },
): Promise<Page<KeyRequestRow>> {
  let query = db.selectFrom("keyRequests").selectAll().where("netuid", "=", netuid);
  if (status != null) query = query.where("status", "=", status);
  if (cursor != null) query = query.where("id", "<", cursor);
  const rows = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => row.id });
}
