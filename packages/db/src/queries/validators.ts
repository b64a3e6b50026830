import type { Heartbeat } from "@assay/core";
import type { Db } from "../connect.ts";
import type { ValidatorRow } from "../schema.ts";

export type NewHeartbeat = { netuid: number; hotkey: string; heartbeat: Heartbeat; at: Date; block: number };

/** Records what a validator reports about itself; undefined if a later report is stored already. */
export function upsertHeartbeat(
  db: Db,
  { netuid, hotkey, heartbeat, at, block }: NewHeartbeat,
): Promise<ValidatorRow | undefined> {
  const report = {
    softwareVersion: heartbeat.softwareVersion,
    duties: JSON.stringify(heartbeat.duties),
    snapshotVersion: heartbeat.snapshotVersion,
    lastSetBlock: heartbeat.lastSet?.block ?? null,
    lastSetVersion: heartbeat.lastSet?.snapshotVersion ?? null,
    heartbeatAt: at,
    heartbeatBlock: block,
  };
  return db
    .insertInto("validators")
    .values({ netuid, hotkey, ...report })
    .onConflict((conflict) =>
      conflict.columns(["netuid", "hotkey"]).doUpdateSet(report).where("validators.heartbeatAt", "<=", at),
    )
    .returningAll()
    .executeTakeFirst();
}

/** The validators that have reported on a subnet, at or after a moment if given, by hotkey. */
export function listValidators(
  db: Db,
  { netuid, since }: { netuid: number; since?: Date },
): Promise<ValidatorRow[]> {
  let query = db.selectFrom("validators").selectAll().where("netuid", "=", netuid);
  if (since !== undefined) query = query.where("heartbeatAt", ">=", since);
  return query.orderBy("hotkey").execute();
}

/** One validator; undefined if it has never reported. */
export function findValidator(
  db: Db,
  { netuid, hotkey }: { netuid: number; hotkey: string },
): Promise<ValidatorRow | undefined> {
  return db
    .selectFrom("validators")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("hotkey", "=", hotkey)
    .executeTakeFirst();
}
