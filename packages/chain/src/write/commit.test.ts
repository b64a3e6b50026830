import type { Devnet } from "@assay/devnet";
import { afterEach, expect, test } from "vitest";
import { bestView } from "../read/view.ts";
import { connectLocal, hotkeyOf, type Journal, NETUID, startLocal } from "../testing/local-chain.ts";
import { amend, openNode } from "../testing/node.ts";
import { requestOf, setOn, WAITING } from "../testing/set-weights.ts";
import type { Chain } from "../types.ts";
import type { Commit, SetWeightsRequest, SignedExtrinsic } from "../weights.ts";

type Scene = { devnet: Devnet; chain: Chain; log: Journal };
const opened: Scene[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ chain, devnet }) => chain.close().then(() => devnet.close())));
});

/** A subnet with commit-reveal on, a few blocks into its first epoch. */
async function onHidden(tempo = 20): Promise<Scene> {
  const devnet = await startLocal({
    tempo,
    weightsRateLimit: 0,
    hyperparameters: { commitRevealWeightsEnabled: true },
  });
  await devnet.newBlock(5);
  const scene = { devnet, ...(await connectLocal(devnet.url)) };
  opened.push(scene);
  return scene;
}

/** Sends what was signed, makes its block and the one that finalises it. */
async function sent({ chain, log, devnet }: Scene, signed: SignedExtrinsic) {
  const waiting = log.next(WAITING);
  const outcome = chain.submit(signed);
  await Promise.race([waiting, outcome]);
  await devnet.newBlock(2);
  return outcome;
}

async function committed(scene: Scene, request: SetWeightsRequest): Promise<Commit> {
  const outcome = await setOn(scene, request);
  if (outcome.kind !== "committed") throw new Error(`expected a commit, got ${JSON.stringify(outcome)}`);
  return outcome.commit;
}

test.each([0, 1])("a timelocked commit of mechanism %i is revealed with the same weights", async (mechid) => {
  const scene = await onHidden();
  const { chain, devnet } = scene;
  const request = await requestOf("Alice", { mechid });
  expect(await chain.preflight(request)).toEqual([]);
  const plan = await chain.planWeights(request);
  if (plan.kind !== "timelock") throw new Error(`expected a timelocked commit, got ${plan.kind}`);
  const commit = await committed(scene, request);
  expect(commit).toMatchObject({ kind: "timelock", netuid: NETUID, mechid, epoch: plan.commitEpoch });
  expect(commit.revealRound).toBe(plan.revealRound);
  expect(await chain.trackReveal(commit, request.row)).toMatchObject({
    kind: "pending",
    revealEpoch: plan.revealEpoch,
  });
  expect((await chain.weights(NETUID, { mechid }))[1]).toEqual([]);
  await devnet.newBlock(plan.revealBlock + 6 - devnet.head().number);
  const fate = await chain.trackReveal(commit, request.row);
  expect(fate.kind).toBe("revealed");
  expect((await chain.weights(NETUID, { mechid }))[1]).toEqual(request.row);
});

test("a commit kept as JSON is followed to its end by another process", async () => {
  const scene = await onHidden();
  const request = await requestOf("Alice");
  const kept = JSON.stringify({ commit: await committed(scene, request), row: request.row });
  await scene.chain.close();
  await scene.devnet.newBlock(45);
  const restarted = await connectLocal(scene.devnet.url);
  const { commit, row } = JSON.parse(kept);
  expect(await restarted.chain.trackReveal(commit, row)).toMatchObject({ kind: "revealed" });
  const otherRow = await restarted.chain.trackReveal(commit, [[4, 65_535]]);
  expect(otherRow).toMatchObject({ kind: "lost", reason: expect.stringContaining(commit.commitHash) });
  await restarted.chain.close();
});

test("the calls are those of the chain: plain for mechanism 0, of the mechanism for others", async () => {
  const scene = await onHidden();
  await committed(scene, await requestOf("Alice"));
  await committed(scene, await requestOf("Bob", { mechid: 1 }));
  expect(scene.devnet.extrinsics.map(({ call, success }) => [call, success])).toEqual([
    ["SubtensorModule.commit_timelocked_weights", true],
    ["SubtensorModule.commit_timelocked_mechanism_weights", true],
  ]);
});

test("a commit of the same weights as before is told from one that was dropped", async () => {
  const scene = await onHidden();
  const { chain, devnet } = scene;
  const request = await requestOf("Alice");
  const first = await committed(scene, request);
  await devnet.newBlock(45);
  expect(await chain.trackReveal(first, request.row)).toMatchObject({ kind: "revealed" });
  const second = await committed(scene, request);
  await changeQueue(scene, second, ([account, block, bytes, round]) => [
    account,
    block,
    spoiled(bytes),
    round,
  ]);
  const changed = { ...second, commitHash: "0xchanged" };
  await devnet.newBlock(45);
  expect(await chain.trackReveal(changed, request.row)).toMatchObject({ kind: "lost" });
  expect((await chain.weights(NETUID))[1]).toEqual(request.row);
});

test.each<[string, (entry: Entry, bob: string) => Entry]>([
  ["a changed byte", ([account, block, bytes, round]) => [account, block, spoiled(bytes), round]],
  ["another round", ([account, block, bytes, round]) => [account, block, bytes, Number(round) - 1]],
  ["another hotkey", ([, block, bytes, round], bob) => [bob, block, bytes, round]],
])("a commit with %s is not revealed, and that is said", async (_what, change) => {
  const scene = await onHidden();
  const { chain, devnet } = scene;
  const request = await requestOf("Alice");
  const commit = await committed(scene, request);
  const bob = (await hotkeyOf("Bob")).address;
  await changeQueue(scene, commit, (entry) => change(entry, bob));
  await devnet.newBlock(45);
  const fate = await chain.trackReveal(commit, request.row);
  expect(fate).toMatchObject({ kind: "lost", reason: expect.stringContaining(commit.commitHash) });
  expect((await chain.weights(NETUID))[1]).toEqual([]);
});

test("a commit that is not where it was put is refused at read-back", async () => {
  const scene = await onHidden();
  const { chain, devnet, log } = scene;
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const waiting = log.next(WAITING);
  const outcome = chain.submit(signed);
  await waiting;
  await devnet.newBlock();
  await amendQueue(scene, 0, []);
  await devnet.newBlock();
  expect(await outcome).toMatchObject({ kind: "refused", stage: "read-back", error: "CommitMissing" });
});

test("a journal finds its commit again by nothing but the signed bytes", async () => {
  const scene = await onHidden();
  const { chain } = scene;
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const outcome = await sent(scene, signed);
  if (outcome.kind !== "committed") throw new Error(outcome.kind);
  const found = await chain.findCommit({ hex: signed.hex }, outcome.included.hash);
  expect(found).toEqual({ kind: "found", commit: outcome.commit });
  const before = await chain.blockHash(outcome.included.block - 1);
  expect(await chain.findCommit({ hex: signed.hex }, before ?? "")).toMatchObject({ kind: "missing" });
});

test("late in an epoch the era is short, and at its end nothing is signed", async () => {
  const scene = await onHidden();
  const { chain, devnet } = scene;
  const request = await requestOf("Alice");
  const slot = (await chain.epochState(NETUID)).nextEpochStart ?? 0;
  const eras: unknown[] = [];
  for (let left = 16; left >= 2; left--) {
    await devnet.newBlock(slot - left - devnet.head().number);
    const plan = await chain.planWeights(request);
    eras.push(plan.kind === "timelock" ? plan.eraBlocks : plan.kind);
  }
  // The era begins at the finalised block, one behind the head.
  expect(eras).toEqual([16, 16, 8, 8, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, "refused"]);
  expect(await chain.preflight(request)).toMatchObject([{ error: "TooLateInEpoch", retryable: true }]);
  await expect(chain.signSetWeights(request)).rejects.toMatchObject({
    code: "CHAIN_WEIGHTS_REFUSED",
    facts: { error: "TooLateInEpoch" },
  });
  await devnet.newBlock();
  expect((await chain.planWeights(request)).kind).toBe("timelock");
});

test("another version of commit-reveal holds, and plain weights are no way round it", async () => {
  const scene = await onHidden();
  const item = ["SubtensorModule.CommitRevealWeightsVersion"] as const;
  await amend(scene.devnet.url, { item, type: "u16", value: 5 });
  const request = await requestOf("Alice");
  expect(await scene.chain.preflight(request)).toMatchObject([
    { error: "IncorrectCommitRevealVersion", retryable: false },
  ]);
  await expect(scene.chain.signSetWeights(request)).rejects.toMatchObject({ code: "CHAIN_WEIGHTS_REFUSED" });
  expect(scene.devnet.extrinsics).toEqual([]);
});

test("a round that the chain already has is not committed to", async () => {
  const scene = await onHidden();
  const item = ["Drand.LastStoredRound"] as const;
  await amend(scene.devnet.url, { item, type: "u64", value: 2 ** 40 });
  expect(await scene.chain.planWeights(await requestOf("Alice"))).toMatchObject({
    kind: "refused",
    error: "InvalidRevealRound",
  });
});

test("weights committed by hash are set by their reveal in its epoch, and not before", async () => {
  const scene = await onHidden();
  const { chain, devnet } = scene;
  const hashCommit = { salt: [1, 2, 3, 4, 5, 6, 7, 8] };
  const request = { ...(await requestOf("Alice")), hashCommit };
  const commit = await committed(scene, request);
  expect(commit).toMatchObject({ kind: "hash", revealRound: null, epoch: 0 });
  await expect(chain.trackReveal(commit, request.row)).rejects.toMatchObject({
    code: "CHAIN_REQUEST_INVALID",
  });
  const early = await sent(scene, await chain.signReveal(request));
  expect(early).toMatchObject({
    kind: "refused",
    error: expect.stringMatching(/CommitBlockNotInRevealRange|RevealTooEarly/),
  });
  const { nextEpochStart } = await chain.epochState(NETUID);
  await devnet.newBlock((nextEpochStart ?? 0) + 2 - devnet.head().number);
  expect(await sent(scene, await chain.signReveal(request))).toMatchObject({ kind: "revealed" });
  expect((await chain.weights(NETUID))[1]).toEqual(request.row);
});

test("a salt too short to hide anything is refused", async () => {
  const { chain } = await onHidden();
  const request = await requestOf("Alice", { hashCommit: { salt: [1, 2, 3] } });
  await expect(chain.signSetWeights(request)).rejects.toMatchObject({
    code: "CHAIN_REQUEST_INVALID",
    facts: { field: "hashCommit.salt" },
  });
});

type Entry = readonly [account: unknown, block: unknown, bytes: unknown, round: unknown];

const QUEUE = "Vec<(AccountId32,u64,Bytes,u64)>";

function spoiled(bytes: unknown): string {
  const hex = String(bytes);
  // In the sealed part, past the point and the lengths.
  return `${hex.slice(0, -40)}${hex.at(-40) === "0" ? "1" : "0"}${hex.slice(-39)}`;
}

async function amendQueue({ devnet }: Scene, epoch: number, entries: readonly Entry[]): Promise<void> {
  const item = ["SubtensorModule.TimelockedWeightCommits", NETUID, epoch] as const;
  await amend(devnet.url, { item, type: QUEUE, value: entries });
}

/** Rewrites our commit where it waits, as a broken or hostile client would have sent it. */
async function changeQueue(scene: Scene, { epoch }: Commit, change: (entry: Entry) => Entry): Promise<void> {
  const entries = await readQueue(scene, epoch);
  await amendQueue(scene, epoch, entries.map(change));
}

async function readQueue({ devnet }: Scene, epoch: number): Promise<Entry[]> {
  const node = openNode(devnet.url);
  const view = await bestView(node);
  const { queue } = await view.read({ queue: ["SubtensorModule.TimelockedWeightCommits", NETUID, epoch] });
  await node.link.close();
  return Array.isArray(queue.value) ? queue.value : [];
}
