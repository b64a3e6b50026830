import { afterAll, beforeAll, expect, test } from "vitest";
import {
  findSnapshotAtBlock,
  findSnapshotInputs,
  findVisibleSnapshot,
  insertSnapshot,
  insertSnapshotInputs,
  listSnapshots,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someHash } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const subnet = { netuid: 1, mechid: 0 };
const everybody = { ...subnet, readableIn: 4 };
const roster = { ...subnet, readableIn: null };

/** Versions 1 to 4 of blocks 100, 200, 200, 300; the last is not yet public in epoch 4. */
beforeAll(async () => {
  const facts = { key: "key", signature: "0x00", policy: "burn", createdAt: at(0), validUntil: 9_000 };
  const certificate = { body: "{}", ownerHotkey: "owner", signature: "0x01" };
  for (const [index, block] of [100, 200, 200, 300].entries()) {
    const version = index + 1;
    const values = { ...subnet, ...facts, certificate, body: "{}", block, version };
    await inside(db, async (trx) => {
      await insertSnapshot(trx, { ...values, vectorHash: someHash(), publicFromEpoch: version + 1 });
      await insertSnapshotInputs(trx, { ...subnet, version, inputs: `inputs of ${version}` });
    });
  }
});

const versions = (rows: { version: number }[]) => rows.map(({ version }) => version);

test("the public sees what is readable, validators see all, newest first and page by page", async () => {
  expect(versions((await listSnapshots(db, { ...everybody, limit: 9 })).items)).toEqual([3, 2, 1]);
  const first = await listSnapshots(db, { ...roster, limit: 3 });
  expect([versions(first.items), first.nextCursor]).toEqual([[4, 3, 2], "2"]);
  const last = await listSnapshots(db, { ...roster, limit: 3, cursor: first.nextCursor });
  expect([versions(last.items), last.nextCursor]).toEqual([[1], null]);
});

test("one version is found only by who may see it", async () => {
  expect(await findVisibleSnapshot(db, { ...everybody, version: 4 })).toBeUndefined();
  expect(await findVisibleSnapshot(db, { ...roster, version: 4 })).toMatchObject({ block: 300 });
});

test.each([
  [99, undefined],
  [100, 1],
  [200, 3],
  [999, 3],
])("at block %i version %s was in force, as far as it is public", async (block, version) => {
  expect((await findSnapshotAtBlock(db, { ...everybody, block }))?.version).toBe(version);
});

test("inputs are kept word for word, once, and only of snapshots that exist", async () => {
  expect(await findSnapshotInputs(db, { ...subnet, version: 2 })).toBe("inputs of 2");
  expect(await findSnapshotInputs(db, { ...subnet, version: 9 })).toBeUndefined();
  const again = (version: number) =>
    inside(db, (trx) => insertSnapshotInputs(trx, { ...subnet, version, inputs: "other" }));
  expect(violatedConstraint(await again(2).catch((error: unknown) => error))).toBe("snapshot_inputs_pkey");
  await expect(again(9)).rejects.toThrow("foreign key");
  await expect(db.deleteFrom("snapshotInputs").execute()).rejects.toThrow("append-only");
});
