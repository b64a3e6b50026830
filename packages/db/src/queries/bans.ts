import type { Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { newId } from "../ids.ts";
import type { BanRow } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";

export type NewBan = Pick<BanRow, "netuid" | "address" | "reason" | "bannedBy" | "keyId" | "createdAt">;

/** Bans an address; undefined if it is banned already. */
export function insertBan(trx: Trx, values: NewBan): Promise<BanRow | undefined> {
  return trx
    .insertInto("bans")
    .values({ ...values, id: newId("ban") })
    .onConflict((conflict) =>
      conflict.columns(["netuid", "address"]).where("liftedAt", "is", null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Ends a ban; undefined if it is absent or has ended. */
export function liftBan(
  trx: Trx,
  { id, ...lift }: { id: string; liftedAt: Date; liftedBy: string; liftReason: string },
): Promise<BanRow | undefined> {
  return trx
    .updateTable("bans")
    .set(lift)
    .where("id", "=", id)
    .where("liftedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** A ban; undefined if there is none of that id. */
export function findBan(db: Db, id: string): Promise<BanRow | undefined> {
  return db.selectFrom("bans").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The ban in force on any of several addresses, the oldest first; undefined if none of them is banned. */
export function findBanOf(
  db: Db,
  { netuid, addresses }: { netuid: number; addresses: readonly string[] },
): Promise<BanRow | undefined> {
  return db
    .selectFrom("bans")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("address", "in", addresses)
    .where("liftedAt", "is", null)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
}

/** One page of a subnet's bans, newest first, lifted ones included unless only those in force are wanted. */
export async function pageBans(
  db: Db,
  { netuid, inForce, limit, cursor }: PageOf & { netuid: number; inForce: boolean },
): Promise<Page<BanRow>> {
  let query = db.selectFrom("bans").selectAll().where("netuid", "=", netuid);
  if (inForce) query = query.where("liftedAt", "is", null);
  if (cursor != null) query = query.where("id", "<", cursor);
  const rows = await query
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => row.id });
}
