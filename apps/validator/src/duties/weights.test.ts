import type { GenesisHyperparameters } from "@assay/devnet";
import { afterEach, expect, test } from "vitest";
import { LOG } from "../log-messages.ts";
import { EVERYTHING_BURNS, winner } from "../testing/authority.ts";
import {
  effectiveSets,
  rowOnChain,
  skipTo,
  startLife,
  startSubnet,
  type TestSubnet,
  UID,
} from "../testing/subnet.ts";

let subnet: TestSubnet;

afterEach(() => subnet.close());

/** A validator on a fresh subnet that has received a snapshot that pays the first miner, or another one. */
async function started(
  about: Parameters<TestSubnet["authority"]["sign"]>[0] = {},
  rules?: GenesisHyperparameters,
) {
  subnet = await startSubnet(rules);
  const life = await startLife(subnet);
  const vector = winner(subnet.first.hotkey);
  life.inbox.put(await subnet.authority.sign({ vector, ...about }));
  return life;
}

const epochs = async () => (await effectiveSets(subnet)).map(({ epoch }) => epoch);

test("how far the backend's audit log had come stands in the validator's own log", async () => {
  const hash = "ab".repeat(32);
  const life = await started({ forged: { auditHead: { sequence: 7, hash } } });
  await life.stepTo(3);
  expect(life.told(LOG.snapshotAccepted)).toMatchObject([{ version: 1, auditHead: `7:${hash}` }]);
  await life.stop();
});

test("weights are set once in every epoch, the last snapshot again without a backend", async () => {
  const life = await started();
  await life.stepTo(125);
  expect(await epochs()).toEqual([0, 1, 2]);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  expect(life.told(LOG.snapshotAccepted)).toHaveLength(1);
  const confirmed = life.told(LOG.weightsConfirmed).map(({ hash, block }) => ({ hash, block }));
  expect(confirmed).toEqual(subnet.devnet.extrinsics.map(({ hash, block }) => ({ hash, block })));
  await life.stop();
});

test("weights are sent in the last quarter of the epoch and leave its last eighth free", async () => {
  const life = await started();
  await life.stepTo(85);
  for (const { epoch, block } of await effectiveSets(subnet)) {
    expect(block - 40 * epoch).toBeGreaterThanOrEqual(30);
    expect(block - 40 * epoch).toBeLessThanOrEqual(38);
  }
  await life.stop();
});

test("a snapshot that comes after this epoch's weights waits for the next epoch", async () => {
  const life = await started();
  await life.stepTo(38);
  expect(await epochs()).toEqual([0]);
  life.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey) }));
  await life.stepTo(60);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  await life.stepTo(80);
  expect(await epochs()).toEqual([0, 1]);
  expect(await rowOnChain(subnet)).toEqual([
    [UID.first, 0],
    [UID.second, 65_535],
  ]);
  await life.stop();
});

test("a validator that starts late sends at once, and too late in the next epoch", async () => {
  const life = await started();
  await skipTo(subnet, 35);
  await life.step();
  expect(await effectiveSets(subnet)).toEqual([{ epoch: 0, block: 37 }]);
  await skipTo(subnet, 77);
  await life.stepTo(90);
  expect(await epochs()).toEqual([0]);
  await life.stepTo(118);
  expect(await epochs()).toEqual([0, 2]);
  await life.stop();
});

test("without a snapshot nothing is sent, whatever happens", async () => {
  subnet = await startSubnet();
  const life = await startLife(subnet);
  await life.stepTo(82);
  expect(subnet.devnet.extrinsics).toEqual([]);
  expect(life.told(LOG.weightsHeld).map(({ code }) => code)).toEqual([
    "VALIDATOR_NO_SNAPSHOT",
    "VALIDATOR_NO_SNAPSHOT",
  ]);
  await life.stop();
});

test("a snapshot that burns is sent as the owner's uid", async () => {
  const life = await started({ vector: EVERYTHING_BURNS });
  await life.stepTo(39);
  expect(await rowOnChain(subnet)).toEqual([[UID.owner, 65_535]]);
  await life.stop();
});

test("the share of a hotkey that is not registered burns", async () => {
  const stranger = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
  subnet = await startSubnet();
  const half = 500_000_000;
  const entries = [subnet.first.hotkey, stranger].map((hotkey) => ({ hotkey, share: half }));
  const life = await startLife(subnet);
  life.inbox.put(await subnet.authority.sign({ vector: { policy: "leaders", entries, burn: 0 } }));
  await life.stepTo(39);
  expect(await rowOnChain(subnet)).toEqual([
    [UID.owner, 65_535],
    [UID.first, 65_535],
  ]);
  expect(life.told(LOG.weightsPlanned)).toEqual([
    expect.objectContaining({ missing: [stranger], burnUid: UID.owner }),
  ]);
  await life.stop();
});

test.each([
  ["stop", [], undefined],
  ["refresh", [0], [[UID.first, 65_535]]],
  ["burn", [0], [[UID.owner, 65_535]]],
] as const)("past its end a snapshot that says %s is obeyed", async (onExpiry, expected, row) => {
  const life = await started({ onExpiry, forged: { validUntil: 39 } });
  await life.stepTo(39);
  expect(await epochs()).toEqual(expected);
  expect(await rowOnChain(subnet)).toEqual(row ?? []);
  await life.stop();
});

test("a snapshot that is valid up to the next epoch's block is used", async () => {
  const life = await started({ forged: { validUntil: 40 } });
  await life.stepTo(39);
  expect(await epochs()).toEqual([0]);
  await life.stop();
});

test("two snapshots under one version hold the weights over a restart, until a newer version", async () => {
  const life = await started();
  await life.step();
  life.inbox.put(await subnet.authority.sign({ vector: winner(subnet.second.hotkey) }));
  await life.stepTo(10);
  expect(life.told(LOG.snapshotConflict)).toEqual([expect.objectContaining({ version: 1 })]);
  await life.stop();
  const next = await startLife(subnet);
  await next.stepTo(45);
  expect(subnet.devnet.extrinsics).toEqual([]);
  expect(next.told(LOG.weightsHeld)[0]).toMatchObject({ code: "VALIDATOR_SNAPSHOT_CONFLICT" });
  next.inbox.put(await subnet.authority.sign({ version: 2, vector: winner(subnet.second.hotkey) }));
  await next.stepTo(79);
  expect(await epochs()).toEqual([1]);
  await next.stop();
});

test("a snapshot of somebody else's is refused and the last good one stays", async () => {
  const life = await started();
  const forged = await subnet.authority.sign({ version: 9, key: subnet.second.signer });
  life.inbox.put(forged);
  await life.stepTo(39);
  expect(life.told(LOG.snapshotRefused)).toEqual([expect.objectContaining({ code: "CORE_CERTIFICATE_KEY" })]);
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  await life.stop();
});

test("a kept snapshot whose certificate is over is not sent", async () => {
  const life = await started({ certificate: { untilBlock: 45 } });
  await life.stepTo(79);
  expect(await epochs()).toEqual([0]);
  expect(life.told(LOG.weightsHeld)).toEqual([expect.objectContaining({ code: "CORE_CERTIFICATE_PERIOD" })]);
  await life.stop();
});

test("rules that ask for a newer validator hold this one", async () => {
  const life = await started({ rules: { minValidatorVersion: "99.0.0" } });
  await life.stepTo(39);
  expect(subnet.devnet.extrinsics).toEqual([]);
  expect(life.told(LOG.weightsHeld)[0]).toMatchObject({ code: "VALIDATOR_TOO_OLD" });
  await life.stop();
});

test("what the chain would refuse is not sent, and said once an epoch", async () => {
  const life = await started({}, { weightsVersionKey: 99n });
  await life.stepTo(80);
  expect(subnet.devnet.extrinsics).toEqual([]);
  expect(life.told(LOG.weightsHeld).map(({ code, epochIndex }) => [code, epochIndex])).toEqual([
    ["IncorrectWeightVersionKey", 0],
    ["IncorrectWeightVersionKey", 1],
  ]);
  await life.stop();
});

test("where commit-reveal is on, weights are committed once an epoch and the chain reveals them", async () => {
  const life = await started({}, { commitRevealWeightsEnabled: true });
  await life.stepTo(125);
  const { extrinsics } = subnet.devnet;
  expect(extrinsics.map(({ call, success, block }) => [call, success, Math.floor(block / 40)])).toEqual(
    [0, 1, 2].map((epoch) => ["SubtensorModule.commit_timelocked_weights", true, epoch]),
  );
  expect(life.told(LOG.weightsConfirmed).map(({ hash }) => hash)).toEqual(extrinsics.map(({ hash }) => hash));
  expect(await rowOnChain(subnet)).toEqual([[UID.first, 65_535]]);
  await life.stop();
});

test.each([
  [79, 0],
  [80, 1],
])(
  "a snapshot valid until block %i is judged where sealed weights count: %i committed",
  async (end, count) => {
    // Sent in epoch 0, looked for from block 40 on, counted by the epoch that runs at block 80.
    const life = await started({ forged: { validUntil: end } }, { commitRevealWeightsEnabled: true });
    await life.stepTo(39);
    expect(subnet.devnet.extrinsics).toHaveLength(count);
    expect(life.told(LOG.weightsHeld).map(({ code }) => code)).toEqual(
      count === 1 ? [] : ["VALIDATOR_SNAPSHOT_EXPIRED"],
    );
    await life.stop();
  },
);

test("a commit that was included before a crash is confirmed after it, and no second one is sent", async () => {
  const life = await started({}, { commitRevealWeightsEnabled: true });
  await life.stop();
  const dying = await startLife(subnet, {
    submit: (real) => (extrinsic) => real.submit(extrinsic).then(() => Promise.reject(new Error("crash"))),
  });
  dying.inbox.put(await subnet.authority.sign({ vector: winner(subnet.first.hotkey) }));
  await expect(dying.stepTo(40)).rejects.toThrow("crash");
  await dying.stop();
  const next = await startLife(subnet);
  await next.stepTo(45);
  expect(subnet.devnet.extrinsics).toHaveLength(1);
  expect(next.told(LOG.weightsConfirmed)).toMatchObject([{ hash: subnet.devnet.extrinsics[0]?.hash }]);
  await next.stop();
});
