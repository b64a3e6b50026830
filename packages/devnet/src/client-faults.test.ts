import { once } from "node:events";
import type { ApiPromise } from "@polkadot/api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { type Devnet, startDevnet } from "./devnet.ts";
import { developmentGenesis } from "./genesis/development.ts";
import { ask } from "./testing/ask.ts";
import { connect, include, keyOf } from "./testing/client.ts";

const NETUID = 1;
// A loaded machine is slow to connect and to sign.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const bob = keyOf("//Bob//hotkey");

let devnet: Devnet;
let api: ApiPromise;
beforeEach(async () => {
  devnet = await startDevnet({ genesis: developmentGenesis(), blockMs: 0, port: 0 });
  api = await connect(devnet);
});
afterEach(async () => {
  await api.disconnect();
  await devnet.close();
});

const setWeights = () => api.tx.subtensorModule!.setWeights!(NETUID, [4, 5], [1, 2], 0);
const fault = (value: unknown) => ask(devnet.url, "dev_fault", value);
const weights = async () =>
  ((await api.query.subtensorModule!.weights!(NETUID, 1)).toJSON() as unknown[]).length;

type Sent = { readonly stop: () => void; readonly told: (status: string) => Promise<void> };

/** Sends an extrinsic and makes its block; resolves once the client knows of it. */
async function send(): Promise<Sent> {
  const statuses = new Set<string>();
  let news = Promise.withResolvers<void>();
  const stop = await setWeights().signAndSend(bob, ({ status }) => {
    statuses.add(status.type);
    news.resolve();
    news = Promise.withResolvers();
    if (status.isReady) void devnet.newBlock();
  });
  const told = async (status: string) => {
    while (!statuses.has(status)) await news.promise;
  };
  await told("InBlock");
  return { stop, told };
}

test("a reorg retracts an extrinsic, and the new branch includes it again", async () => {
  const { told, stop } = await send();
  const [first] = devnet.extrinsics;
  expect(await fault({ kind: "reorg", depth: 1 })).toEqual({ result: devnet.head().hash });
  expect(devnet.extrinsics).toHaveLength(1);
  expect(devnet.extrinsics[0]?.hash).toBe(first?.hash);
  expect(devnet.extrinsics[0]?.blockHash).not.toBe(first?.blockHash);
  expect(await weights()).toBe(2);
  await told("Retracted");
  stop();
});

test("a reorg that takes the block an extrinsic was born at takes the extrinsic with it", async () => {
  await devnet.newBlock(8);
  const { number: blockNumber, hash: blockHash } = devnet.head();
  const era = api.createType("ExtrinsicEra", { current: blockNumber, period: 16 });
  await setWeights().signAndSend(bob, { era, blockHash });
  await devnet.newBlock();
  expect(devnet.extrinsics).toHaveLength(1);
  devnet.fault({ kind: "reorg", depth: 2 });
  await devnet.newBlock(2);
  expect(devnet.extrinsics).toEqual([]);
});

test("a reorg that drops leaves nothing of an extrinsic", async () => {
  const { stop } = await send();
  devnet.fault({ kind: "reorg", depth: 1, drop: true });
  stop();
  expect(devnet.extrinsics).toEqual([]);
  expect(await weights()).toBe(0);
});

test("the pool refuses as told, then takes the same again", async () => {
  devnet.fault({ kind: "pool", rpcCode: 1014, data: "told to" });
  await expect(setWeights().signAndSend(bob)).rejects.toThrow("1014: Priority is too low: told to");
  await include(devnet, setWeights(), bob);
  expect(await weights()).toBe(2);
});

test("a lost answer never comes, though the call is carried out", async () => {
  devnet.fault({ kind: "drop", method: "author_submitExtrinsic" });
  const sent = setWeights().signAndSend(bob);
  while ((await api.rpc.author.pendingExtrinsics()).length === 0);
  await devnet.newBlock();
  expect(devnet.extrinsics).toHaveLength(1);
  const late = await Promise.race([sent, api.rpc.chain.getHeader().then(() => "nothing")]);
  expect(late).toBe("nothing");
});

test("a late answer comes after others, and what it subscribed to after it", async () => {
  devnet.fault({ kind: "delay", method: "chain_subscribeNewHeads", ms: 100 });
  const socket = new WebSocket(devnet.url);
  await once(socket, "open");
  const order: unknown[] = [];
  const all = Promise.withResolvers<void>();
  socket.on("message", (data: Buffer) => {
    const { id, method } = JSON.parse(data.toString());
    if (order.push(id ?? method) === 3) all.resolve();
  });
  // Both are on their way before the server can look at either.
  socket.send('{"id":1,"method":"chain_subscribeNewHeads"}');
  socket.send('{"id":2,"method":"system_name"}');
  await all.promise;
  expect(order).toEqual([2, 1, "chain_newHead"]);
  socket.close();
});

test("an upgrade reaches a connected client: version, metadata and signatures", async () => {
  const told = new Promise<number>((resolve) => {
    void api.rpc.state.subscribeRuntimeVersion((version) => {
      if (version.specVersion.toNumber() !== 424) resolve(version.specVersion.toNumber());
    });
  });
  expect(
    await fault({ kind: "upgrade", specVersion: 475, rename: { "SubtensorModule.WeightsSet": "RowSet" } }),
  ).toEqual({
    result: devnet.genesisHash,
  });
  expect((await api.rpc.state.getRuntimeVersion()).specVersion.toNumber()).toBe(424);
  await devnet.newBlock();
  expect(await told).toBe(475);
  const fresh = await connect(devnet);
  expect(fresh.runtimeVersion.specVersion.toNumber()).toBe(475);
  const { events } = await include(devnet, fresh.tx.subtensorModule!.setWeights!(NETUID, [4], [1], 0), bob);
  expect(events.map(({ event }) => event.method)).toContain("RowSet");
  const outdated = await ask(devnet.url, "state_getRuntimeVersion", devnet.genesisHash);
  expect(outdated).toMatchObject({ result: { specVersion: 424 } });
  await fresh.disconnect();
});

const KINDS =
  "kind is one of reorg, stall, drop, delay, pool, finality, upgrade, beacon, rules, replace, permit, prune, clear";

test.each([
  [{}, KINDS],
  [null, KINDS],
  [{ kind: "reorg" }, "reorg needs depth"],
  [{ kind: "reorg", depth: -1 }, "reorg does not take this depth"],
  [{ kind: "stall", blocks: 3 }, "stall does not take this blocks"],
  [{ kind: "upgrade", rename: { a: 1 } }, "upgrade does not take this rename"],
])("%j is refused", async (value, data) => {
  expect(await fault(value)).toMatchObject({ error: { code: -32_602, data } });
});
