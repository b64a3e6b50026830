import type { RulesDocument } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import type { RulesDocumentRow } from "../schema.ts";
import { lockSubject } from "./lock.ts";

/** Publishes rules from a block on; undefined if there are rules from that block already. */
export function insertRulesDocument(
  trx: Trx,
  { document, createdAt }: { document: RulesDocument; createdAt: Date },
): Promise<RulesDocumentRow | undefined> {
  const { netuid, mechid, fromBlock } = document;
  return trx
    .insertInto("rulesDocuments")
    .values({ netuid, mechid, fromBlock, document: JSON.stringify(document), createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** The rules in force at a block; undefined before the first. */
export function findRulesDocument(
  db: Db,
  { netuid, mechid, block }: { netuid: number; mechid: number; block: number },
): Promise<RulesDocumentRow | undefined> {
  return db
    .selectFrom("rulesDocuments")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .where("fromBlock", "<=", block)
    .orderBy("fromBlock", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** Every rules document of a mechanism, oldest first. */
export function listRulesDocuments(
  db: Db,
  { netuid, mechid }: { netuid: number; mechid: number },
): Promise<RulesDocumentRow[]> {
  return db
    .selectFrom("rulesDocuments")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .orderBy("fromBlock")
    .execute();
}

/** Makes everybody else who would add rules wait for this transaction. */
export function lockRules(trx: Trx, { netuid, mechid }: { netuid: number; mechid: number }): Promise<void> {
  return lockSubject(trx, `rules/${netuid}/${mechid}`);
}
