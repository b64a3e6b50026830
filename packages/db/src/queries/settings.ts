import type { Json } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import type { SettingsRow } from "../schema.ts";

/** The settings of a subnet as they were last written; undefined before the first time. */
export function findSettings(db: Db, netuid: number): Promise<SettingsRow | undefined> {
  return db.selectFrom("settings").selectAll().where("netuid", "=", netuid).executeTakeFirst();
}

export type SettingsRevision = {
  netuid: number;
  /** Version its author saw; 0 if there was none. */
  basedOn: number;
  document: { [name: string]: Json };
  updatedAt: Date;
};

/** Writes settings; undefined if they do not follow `basedOn`. */
export function reviseSettings(
  trx: Trx,
  { netuid, basedOn, document, updatedAt }: SettingsRevision,
): Promise<SettingsRow | undefined> {
  const values = { version: basedOn + 1, document: JSON.stringify(document), updatedAt };
  if (basedOn === 0)
    return trx
      .insertInto("settings")
      .values({ ...values, netuid })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
  return trx
    .updateTable("settings")
    .set(values)
    .where("netuid", "=", netuid)
    .where("version", "=", basedOn)
    .returningAll()
    .executeTakeFirst();
}
