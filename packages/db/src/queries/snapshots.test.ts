import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import {
  findSnapshot,
  insertSnapshot,
  latestSnapshot,
  listSnapshotsAfter,
  type NewSnapshot,
  reserveSnapshotVersion,
  type SnapshotRow,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someHash } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

function newSnapshot(netuid: number, version: number): NewSnapshot {
  const signed = { body: `{"version":${version}}`, key: "key", signature: "0x00" };
  const certificate = { body: "{}", ownerHotkey: "owner", signature: "0x01" };
  const facts = {
    block: 100,
    validUntil: 7_300,
    vectorHash: someHash(),
    policy: "burn",
    createdAt: at(0),
    publicFromEpoch: 3,
  };
  return { netuid, mechid: 0, version, ...signed, certificate, ...facts };
}

const publish = (netuid: number): Promise<SnapshotRow> =>
  inside(db, async (trx) => {
    const version = await reserveSnapshotVersion(trx, { netuid, mechid: 0 });
    return insertSnapshot(trx, newSnapshot(netuid, version));
  });

const insertVersion = (netuid: number, version: number) =>
  inside(db, (trx) => insertSnapshot(trx, newSnapshot(netuid, version)));

test("versions begin at one and grow by one, however many replicas publish at once", async () => {
  const published = await Promise.all(Array.from({ length: 10 }, () => publish(10)));
  expect(published.map(({ version }) => version).sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
});

test("a subnet's versions do not move another's", async () => {
  await publish(11);
  expect(await publish(12)).toMatchObject({ version: 1 });
});

test("a transaction that fails uses up no version", async () => {
  await publish(13);
  const failing = inside(db, async (trx) => {
    await reserveSnapshotVersion(trx, { netuid: 13, mechid: 0 });
    throw new Error("no signature");
  });
  await expect(failing).rejects.toThrow("no signature");
  expect(await publish(13)).toMatchObject({ version: 2 });
});

test.each([4, 5])("version %d after version 5 is refused even when the code forgets", async (version) => {
  const netuid = 100 + version;
  await insertVersion(netuid, 5);
  const refusal = await insertVersion(netuid, version).catch((error: unknown) => violatedConstraint(error));
  expect(refusal).toBe("snapshot_version_grows");
});

test("reads the latest, one, and what came after a version", async () => {
  const [first, second] = [await publish(14), await publish(14)];
  const mechanism = { netuid: 14, mechid: 0 };
  expect(await latestSnapshot(db, mechanism)).toEqual(second);
  expect(await findSnapshot(db, { ...mechanism, version: 1 })).toEqual(first);
  expect(await listSnapshotsAfter(db, { ...mechanism, version: 1, limit: 10 })).toEqual([second]);
  expect(await latestSnapshot(db, { netuid: 14, mechid: 1 })).toBeUndefined();
});

test("a snapshot can be neither changed nor removed", async () => {
  await publish(15);
  for (const attempt of [
    sql`update snapshots set body = '{}' where netuid = 15`,
    sql`delete from snapshots where netuid = 15`,
    sql`truncate snapshots cascade`,
  ])
    await expect(attempt.execute(db)).rejects.toThrow(/append-only/);
});
