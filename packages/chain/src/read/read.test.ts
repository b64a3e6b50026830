import { afterAll, expect, test } from "vitest";
import { coldkeyOf, connectLocal, hotkeyOf, NAMES, NETUID, startLocal } from "../testing/local-chain.ts";
import { requestOf, setOn } from "../testing/set-weights.ts";

const devnet = await startLocal();
const { chain, log } = await connectLocal(devnet.url);
const genesis = (await chain.blockHash(0)) ?? "";
afterAll(async () => {
  await chain.close();
  await devnet.close();
});

test("heads name blocks that the chain knows by height", async () => {
  await devnet.newBlock(2);
  const [best, finalised] = [await chain.bestHead(), await chain.finalisedHead()];
  expect(best).toEqual({ block: devnet.head().number, hash: devnet.head().hash });
  expect(finalised).toEqual({ block: devnet.finalized().number, hash: devnet.finalized().hash });
  expect(await chain.blockHash(best.block)).toBe(best.hash);
  expect(await chain.blockHash(best.block + 100)).toBeUndefined();
  expect(genesis).toBe(devnet.genesisHash);
});

test("the metagraph shows every neuron of the genesis", async () => {
  const graph = await chain.metagraph(NETUID, { at: genesis });
  expect(graph).toMatchObject({
    netuid: NETUID,
    mechid: 0,
    at: { block: 0, hash: genesis },
    tempo: 20,
    ownerHotkey: (await hotkeyOf("Owner")).address,
    ownerColdkey: await coldkeyOf("Owner"),
  });
  const hotkeys = await Promise.all(NAMES.map(async (name) => (await hotkeyOf(name)).address));
  expect(graph.neurons.map(({ hotkey }) => hotkey)).toEqual(hotkeys);
  expect(graph.neurons.map(({ uid }) => uid)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(graph.neurons[1]).toEqual({
    uid: 1,
    hotkey: (await hotkeyOf("Alice")).address,
    coldkey: await coldkeyOf("Alice"),
    registeredAtBlock: 0,
    active: true,
    validatorPermit: true,
    stakeWeight: 0,
    stakeRao: 3_000_000_000_000n,
    consensus: 0,
    incentive: 0,
    dividends: 0,
    validatorTrust: 0,
    emissionRao: 0n,
    lastUpdate: 0,
  });
});

test("the weight rules are those of the genesis", async () => {
  expect(await chain.weightRules(NETUID, { at: genesis })).toEqual({
    at: { block: 0, hash: genesis },
    n: 6,
    mechanismCount: 2,
    commitRevealEnabled: false,
    weightsRateLimit: 5,
    weightsVersionKey: 7n,
    minAllowedWeights: 2,
    stakeThreshold: 1_000_000_000n,
    maxAllowedValidators: 64,
    kappa: 32_767,
    bondsMovingAverage: 900_000n,
    bondsPenalty: 65_535,
    liquidAlpha: false,
    yuma3: true,
    activityCutoffBlocks: 277,
  });
});

test("the epoch state says when the next epoch starts", async () => {
  expect(await chain.epochState(NETUID, { at: genesis })).toEqual({
    at: { block: 0, hash: genesis },
    tempo: 20,
    epochIndex: 0,
    lastEpochBlock: expect.any(Number),
    pendingEpochAt: 0,
    blocksSinceLastStep: 0,
    nextEpochStart: expect.any(Number),
  });
  const { lastEpochBlock, nextEpochStart } = await chain.epochState(NETUID);
  expect(nextEpochStart).toBe(lastEpochBlock + 20);
});

test("after an epoch the newest block shows it and the old block still does not", async () => {
  const before = await chain.finalisedHead();
  expect(await setOn({ chain, log, devnet }, await requestOf("Alice"))).toMatchObject({ kind: "set" });
  const { nextEpochStart } = await chain.epochState(NETUID);
  await devnet.newBlock((nextEpochStart ?? 0) + 1 - devnet.head().number);

  const [graph, rows, epoch] = [
    await chain.metagraph(NETUID),
    await chain.weights(NETUID),
    await chain.epochState(NETUID),
  ];
  const row = [
    [4, 65_535],
    [5, 13_107],
  ];
  expect(graph.at).toEqual({ block: nextEpochStart, hash: devnet.finalized().hash });
  expect(rows).toEqual([[], row, [], [], [], []]);
  expect(epoch).toMatchObject({ lastEpochBlock: nextEpochStart, blocksSinceLastStep: 0, epochIndex: 1 });
  expect(graph.neurons[4]).toMatchObject({ incentive: 54_612 });
  expect(graph.neurons[4]?.emissionRao).toBeGreaterThan(0n);
  expect(graph.neurons[1]?.stakeWeight).toBeGreaterThan(0);
  expect(graph.neurons[1]?.lastUpdate).toBeGreaterThan(before.block);

  const old = await chain.metagraph(NETUID, { at: before.hash });
  expect(old.at).toEqual(before);
  expect(old.neurons[4]).toMatchObject({ incentive: 0, emissionRao: 0n });
  expect(await chain.weights(NETUID, { at: before.hash })).toEqual([[], [], [], [], [], []]);
  expect((await chain.epochState(NETUID, { at: before.hash })).epochIndex).toBe(0);
});

test("another mechanism has its own weights and updates", async () => {
  const request = await requestOf("Bob", {
    mechid: 1,
    row: [
      [5, 65_535],
      [4, 1],
    ],
  });
  expect(await setOn({ chain, log, devnet }, request)).toMatchObject({ kind: "set" });
  expect((await chain.weights(NETUID, { mechid: 1 }))[2]).toEqual([
    [5, 65_535],
    [4, 1],
  ]);
  expect((await chain.weights(NETUID))[2]).toEqual([]);
  const [first, second] = [await chain.metagraph(NETUID), await chain.metagraph(NETUID, { mechid: 1 })];
  expect(second.mechid).toBe(1);
  expect(second.neurons[2]?.lastUpdate).toBe(devnet.finalized().number);
  expect(first.neurons[2]?.lastUpdate).toBe(0);
});

test.each([
  ["metagraph", () => chain.metagraph(99)],
  ["metagraph of a mechanism", () => chain.metagraph(NETUID, { mechid: 2 })],
  ["weight rules", () => chain.weightRules(99)],
  ["epoch state", () => chain.epochState(99)],
  ["weights", () => chain.weights(NETUID, { mechid: 7 })],
])("the %s of what does not exist is refused", async (_what, read) => {
  await expect(read()).rejects.toMatchObject({ code: "CHAIN_SUBNET_UNKNOWN" });
});

test("a block nobody knows is refused", async () => {
  await expect(chain.metagraph(NETUID, { at: `0x${"12".repeat(32)}` })).rejects.toMatchObject({
    code: "CHAIN_BLOCK_UNKNOWN",
  });
});
