import type { Devnet } from "@assay/devnet";
import { afterEach, expect, test } from "vitest";
import { connectLocal, type Journal, NETUID, startLocal } from "../testing/local-chain.ts";
import { openNode } from "../testing/node.ts";
import { requestOf, setOn, WAITING } from "../testing/set-weights.ts";
import type { Chain } from "../types.ts";

type Scene = { devnet: Devnet; chain: Chain; log: Journal };
const opened: Scene[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(({ chain, devnet }) => chain.close().then(() => devnet.close())));
});

async function onScene(devnet: Devnet): Promise<Scene> {
  await devnet.newBlock(3);
  const scene = { devnet, ...(await connectLocal(devnet.url)) };
  opened.push(scene);
  return scene;
}

const hidden = { weightsRateLimit: 0, hyperparameters: { commitRevealWeightsEnabled: true } };

async function fault({ devnet }: Scene, what: object): Promise<void> {
  const { link } = openNode(devnet.url);
  await link.ask("dev_fault", what);
  await link.close();
}

test("weights included in a block that is reorganised away are set by the block that takes them again", async () => {
  const scene = await onScene(await startLocal({ weightsRateLimit: 0 }));
  const { chain, devnet, log } = scene;
  const waiting = log.next(WAITING);
  const outcome = chain.submit(await chain.signSetWeights(await requestOf("Alice")));
  await waiting;
  const first = await devnet.newBlock();
  await fault(scene, { kind: "reorg", depth: 1 });
  await devnet.newBlock(3);
  const settled = await outcome;
  if (settled.kind !== "set") throw new Error(JSON.stringify(settled));
  expect(settled.included.hash).not.toBe(first.hash);
  expect(await chain.blockHash(settled.included.block)).toBe(settled.included.hash);
});

test("weights that a reorganisation lost for good are expired only when their era is over", async () => {
  const scene = await onScene(await startLocal({ weightsRateLimit: 0 }));
  const { chain, devnet, log } = scene;
  const waiting = log.next(WAITING);
  const signed = await chain.signSetWeights(await requestOf("Alice"));
  const outcome = chain.submit(signed);
  await waiting;
  await devnet.newBlock();
  await fault(scene, { kind: "reorg", depth: 1, drop: true });
  expect(await outcome).toEqual({ kind: "unknown", reason: "the pool reports it dropped" });
  await devnet.newBlock(signed.eraEnd - devnet.head().number);
  expect(await chain.trackExtrinsic({ ...signed, fromBlock: 0 })).toEqual({ kind: "pending" });
  await devnet.newBlock();
  expect(await chain.trackExtrinsic({ ...signed, fromBlock: 0 })).toEqual({ kind: "expired" });
});

test("a commit whose pulse never comes is lost, and that is said", async () => {
  const scene = await onScene(await startLocal(hidden));
  const { chain, devnet } = scene;
  const request = await requestOf("Alice");
  const outcome = await setOn(scene, request);
  if (outcome.kind !== "committed") throw new Error(JSON.stringify(outcome));
  await fault(scene, { kind: "beacon" });
  await devnet.newBlock(45);
  expect(await chain.trackReveal(outcome.commit, request.row)).toMatchObject({ kind: "lost" });
});

test("a runtime upgrade that changes a call holds what would be signed by the same object", async () => {
  const scene = await onScene(await startLocal({ weightsRateLimit: 0 }));
  const { chain, devnet } = scene;
  expect(await setOn(scene, await requestOf("Alice"))).toMatchObject({ kind: "set" });
  const rename = { "SubtensorModule.set_weights.dests": "targets" };
  await fault(scene, { kind: "upgrade", rename });
  await devnet.newBlock(3);
  await expect(chain.signSetWeights(await requestOf("Alice"))).rejects.toMatchObject({
    code: "CHAIN_RUNTIME_CHANGED",
  });
  expect((await chain.runtimeReport()).changes).toMatchObject([{ item: "call SubtensorModule.set_weights" }]);
  expect((await chain.metagraph(NETUID)).neurons).toHaveLength(6);
});
