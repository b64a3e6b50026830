import type { Certificate } from "@assay/core";
import type { Db, Trx } from "../connect.ts";
import { CHANNELS, notify } from "../notify.ts";
import type { SnapshotRow } from "../schema.ts";
import { lockSubject } from "./lock.ts";

type Mechanism = { netuid: number; mechid: number };

/** The version that the next snapshot must carry; no other transaction gets one before this one ends. */
export async function reserveSnapshotVersion(trx: Trx, { netuid, mechid }: Mechanism): Promise<number> {
  await lockSubject(trx, `snapshots/${netuid}/${mechid}`);
  const { newest } = await trx
    .selectFrom("snapshots")
    .select((version) => version.fn.max("version").as("newest"))
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .$castTo<{ newest: number | null }>()
    .executeTakeFirstOrThrow();
  return (newest ?? 0) + 1;
}

export type NewSnapshot = Omit<SnapshotRow, "certificate"> & { certificate: Certificate };

/** Stores a signed snapshot and, once the transaction commits, tells every replica about it. */
export async function insertSnapshot(
  trx: Trx,
  { certificate, ...values }: NewSnapshot,
): Promise<SnapshotRow> {
  const snapshot = await trx
    .insertInto("snapshots")
    .values({ ...values, certificate: JSON.stringify(certificate) })
    .returningAll()
    .executeTakeFirstOrThrow();
  await notifySnapshot(trx, snapshot);
  return snapshot;
}

/** Tells every listening replica that a version exists; only its name travels, since payloads are short. */
export function notifySnapshot(db: Db, snapshot: Mechanism & { version: number }): Promise<void> {
  const { netuid, mechid, version } = snapshot;
  return notify(db, { channel: CHANNELS.snapshots, payload: `${netuid}/${mechid}/${version}` });
}

/** The newest snapshot; undefined before the first. */
export function latestSnapshot(db: Db, { netuid, mechid }: Mechanism): Promise<SnapshotRow | undefined> {
  return db
    .selectFrom("snapshots")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** One snapshot; undefined if there is no such version. */
export function findSnapshot(
  db: Db,
  { netuid, mechid, version }: Mechanism & { version: number },
): Promise<SnapshotRow | undefined> {
  return db
    .selectFrom("snapshots")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .where("version", "=", version)
    .executeTakeFirst();
}

/** Snapshots newer than a version, oldest first. */
export function listSnapshotsAfter(
  db: Db,
  { netuid, mechid, version, limit }: Mechanism & { version: number; limit: number },
): Promise<SnapshotRow[]> {
  return db
    .selectFrom("snapshots")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .where("version", ">", version)
    .orderBy("version")
    .limit(limit)
    .execute();
}

/** The newest snapshot above a version; undefined if there is none, so that looking again costs little. */
export function findNewerSnapshot(
  db: Db,
  { netuid, mechid, above }: Mechanism & { above: number },
): Promise<SnapshotRow | undefined> {
  return db
    .selectFrom("snapshots")
    .selectAll()
    .where("netuid", "=", netuid)
    .where("mechid", "=", mechid)
    .where("version", ">", above)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
}
