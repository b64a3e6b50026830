import type { Page } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import type { SnapshotRow } from "../schema.ts";
import { type PageOf, toPage } from "./page.ts";

type Version = { netuid: number; mechid: number; version: number };

/** Stores what a snapshot was computed from, word for word as its hash was taken. */
export async function insertSnapshotInputs(trx: Trx, values: Version & { inputs: string }): Promise<void> {
  await trx.insertInto("snapshotInputs").values(values).execute();
}

/** What a snapshot was computed from; undefined if that is not stored. */
export async function findSnapshotInputs(
  db: Db,
  { netuid, mechid, version }: Version,
): Promise<string | undefined> {
  const row = await db
    .selectFrom("snapshotInputs")
    .select("inputs")
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .where("version", "=", version)
    .executeTakeFirst();
  return row?.inputs;
}

/** `readableIn` is the epoch index now, for whoever may see only what can be read on chain; null for who may see all. */
export type SnapshotView = { netuid: number; mechid: number; readableIn: number | null };

function visible(db: Db, { netuid, mechid, readableIn }: SnapshotView) {
  const query = db
    .selectFrom("snapshots")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid);
  return readableIn === null ? query : query.where("publicFromEpoch", "<=", readableIn);
}

/** Snapshots, newest first; the cursor is the version of the page's last one. */
export async function listSnapshots(
  db: Db,
  { limit, cursor, ...view }: SnapshotView & PageOf,
): Promise<Page<SnapshotRow>> {
  let query = visible(db, view);
  if (cursor != null) query = query.where("version", "<", Number(cursor));
  const rows = await query
    .orderBy("version", "desc")
    .limit(limit + 1)
    .execute();
  return toPage(rows, { limit, cursorOf: (row) => String(row.version) });
}

/** One snapshot; undefined if there is none that may be seen. */
export function findVisibleSnapshot(
  db: Db,
  { version, ...view }: SnapshotView & { version: number },
): Promise<SnapshotRow | undefined> {
  return visible(db, view).where("version", "=", version).executeTakeFirst();
}

/** The snapshot in force at a block: the newest of that block or an earlier one. */
export function findSnapshotAtBlock(
  db: Db,
  { block, ...view }: SnapshotView & { block: number },
): Promise<SnapshotRow | undefined> {
  return visible(db, view)
    .where("block", "<=", block)
    .orderBy("block", "desc")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}
