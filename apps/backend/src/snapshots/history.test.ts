import { type Caller, createRouter } from "@assay/api";
import { SnapshotBody, verifySnapshot } from "@assay/core";
import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { broadcastDuty, scoringDuty } from "../duties/scoring.ts";
import { createDesk, type Desk, refusalOf } from "../testing/desk.ts";
import { createWorld, hotkeyOf, TEMPO, type World } from "../testing/world.ts";
import { createVerbs } from "../verbs.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
  await desk.run(scoringDuty(desk.backend, { everySeconds: 300 }));
}, 60_000);
afterAll(async () => {
  await desk.close();
  await world.close();
});

async function asKeyOf(name: string) {
  const { address: hotkey } = await hotkeyOf(name);
  const caller: Caller = { kind: "key", id: `key_${name}`, name, role: "validator", hotkey };
  return createRouter(createVerbs(desk.backend)).createCaller({ requestId: "test", caller });
}

test("a validator sees a snapshot and its inputs at once, and computes the one from the other", async () => {
  const vera = await asKeyOf("Vera");
  const signed = await vera.snapshots.get({ version: 1 });
  const { inputs } = await vera.snapshots.inputs({ version: 1 });
  const body = SnapshotBody.parse(JSON.parse(signed.body));
  expect((await verifySnapshot(body, inputs)).vector).toMatchObject({ policy: "burn" });
  expect(await vera.snapshots.latest()).toEqual(signed);
});

test("nobody else does before it can be read on chain, nor a validator's key without a permit", async () => {
  for (const caller of [desk.as("admin"), desk.as("viewer"), await asKeyOf("Mia")]) {
    expect(await caller.snapshots.list({})).toEqual({ items: [], nextCursor: null });
    const { get, inputs, atBlock } = caller.snapshots;
    for (const ask of [
      () => get({ version: 1 }),
      () => inputs({ version: 1 }),
      () => atBlock({ block: 1_000 }),
    ])
      expect((await refusalOf(ask()))?.code).toBe("API_NOT_FOUND");
  }
});

test("two epochs later everybody does, by version and by block", async () => {
  await desk.blocks(2 * TEMPO + 2);
  const anyone = desk.as("viewer");
  const { items } = await anyone.snapshots.list({});
  expect(items).toMatchObject([{ version: 1, policy: "burn" }]);
  const signed = await anyone.snapshots.get({ version: 1 });
  const { block } = SnapshotBody.parse(JSON.parse(signed.body));
  expect(await anyone.snapshots.atBlock({ block })).toEqual(signed);
  expect((await refusalOf(anyone.snapshots.atBlock({ block: block - 1 })))?.code).toBe("API_NOT_FOUND");
  expect((await anyone.snapshots.inputs({ version: 1 })).version).toBe(1);
});

test("with commits hidden a snapshot stays hidden until they are revealed, and lives longer", async () => {
  world.devnet.fault({ kind: "rules", netuid: 1, commitReveal: true, revealPeriodEpochs: 100 });
  await desk.blocks(2);
  world.clock.advance(600_000);
  await desk.run(broadcastDuty(desk.backend, { everySeconds: 600 }));
  const newest = await latestSnapshot(world.db, desk.backend);
  expect(newest).toMatchObject({
    version: 2,
    publicFromEpoch: desk.backend.subnet.current().epoch.epochIndex + 102,
  });
  expect(newest).toMatchObject({ validUntil: (newest?.block ?? 0) + 3 * TEMPO * 101 });
  await desk.blocks(2 * TEMPO + 2);
  expect((await desk.as("viewer").snapshots.list({})).items.map(({ version }) => version)).toEqual([1]);
});
