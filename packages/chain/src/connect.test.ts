import { setImmediate } from "node:timers/promises";
import { startDevnet } from "@assay/devnet";
import { type Proxy, startProxy } from "@assay/fault-proxy";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { connectChain } from "./connect.ts";
import { connectLocal, journal, localGenesis, NETUID, startLocal } from "./testing/local-chain.ts";
import type { Chain } from "./types.ts";

const LOST = "lost the connection to the chain";
const CONNECTED = "connected to the chain";
const FAILED = "could not connect to the chain";

const devnet = await startLocal();
const console_ = [vi.spyOn(console, "log"), vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
const opened: Chain[] = [];
/** Longer than any deadline here. */
const LONG_MS = 200_000;
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(opened.splice(0).map((chain) => chain.close()));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await devnet.close();
});

async function connected(...args: Parameters<typeof connectLocal>) {
  const local = await connectLocal(...args);
  opened.push(local.chain);
  return local;
}

test("a connection knows its chain, its endpoint and its runtime", async () => {
  const { chain } = await connected(devnet.url);
  expect(chain).toMatchObject({ genesisHash: devnet.genesisHash, endpoint: devnet.url, specVersion: 424 });
});

test("the pinned genesis is taken, any other refused", async () => {
  const { chain } = await connected(devnet.url, {
    genesisHash: devnet.genesisHash.toUpperCase().replace("0X", "0x"),
  });
  expect(chain.genesisHash).toBe(devnet.genesisHash);
  const other = `0x${"ab".repeat(32)}`;
  await expect(connectLocal(devnet.url, { genesisHash: other })).rejects.toMatchObject({
    code: "CHAIN_WRONG_GENESIS",
    facts: { endpoint: devnet.url, expected: other, actual: devnet.genesisHash },
  });
});

/** From here on deadlines pass when the test says so. */
function stopDeadlines(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
}

test("one endpoint of another chain ends nothing while the other may be the right one", async () => {
  const other = await startLocal({ tempo: 33 });
  const silent = await startProxy(devnet.url);
  const log = journal();
  const failed = log.next(FAILED);
  silent.onRequest = () => "swallow";
  stopDeadlines();
  const options = { url: [other.url, silent.url], genesisHash: devnet.genesisHash, log };
  const connecting = connectLocal("", options).catch((error: unknown) => error);
  expect(await failed).toMatchObject({ reason: expect.stringContaining("another chain") });
  vi.advanceTimersByTime(LONG_MS);
  expect(await connecting).toMatchObject({ code: "CHAIN_UNREACHABLE", retryable: true });
  await silent.close();
  await other.close();
});

test("endpoints that all serve another chain are refused for good", async () => {
  const other = await startLocal({ tempo: 33 });
  const [log, second] = [journal(), await startProxy(other.url)];
  const failed = log.next(FAILED).then(() => log.next(FAILED));
  stopDeadlines();
  const options = { url: [other.url, second.url], genesisHash: devnet.genesisHash, log };
  const connecting = connectLocal("", options).catch((error: unknown) => error);
  await failed;
  vi.advanceTimersByTime(LONG_MS);
  expect(await connecting).toMatchObject({ code: "CHAIN_WRONG_GENESIS", retryable: false });
  await second.close();
  await other.close();
});

test("of several endpoints the one with the right chain is used", async () => {
  const other = await startLocal({ tempo: 33 });
  const url = ["ws://127.0.0.1:1", other.url, devnet.url];
  const { chain } = await connected(devnet.url, { url, genesisHash: devnet.genesisHash });
  expect(chain.endpoint).toBe(devnet.url);
  await other.close();
});

test("a node that is not there is unreachable, and waited for only until the deadline", async () => {
  const log = journal();
  const failed = log.next(FAILED);
  stopDeadlines();
  const connecting = connectLocal("ws://127.0.0.1:1", { log }).catch((error: unknown) => error);
  await failed;
  vi.advanceTimersByTime(LONG_MS);
  const error = await connecting;
  expect(error).toMatchObject({ code: "CHAIN_UNREACHABLE", retryable: true });
  expect(String(error)).toMatch(/Cannot reach ws:\/\/127\.0\.0\.1:1: connect ECONNREFUSED/);
});

test("a node that comes up a little later is connected to", async () => {
  const door = await startProxy("ws://127.0.0.1:1");
  const log = journal();
  const failed = log.next(FAILED);
  const connecting = connectLocal(door.url, { log });
  await failed;
  door.target = devnet.url;
  const { chain } = await connecting;
  expect(chain.genesisHash).toBe(devnet.genesisHash);
  await chain.close();
  await door.close();
});

test.each(["http://127.0.0.1:9944", "127.0.0.1:9944", "", "ws://"])("%j is no endpoint", async (url) => {
  await expect(connectChain({ url })).rejects.toMatchObject({ code: "CHAIN_REQUEST_INVALID" });
});

test("no endpoint at all is refused", async () => {
  await expect(connectChain({ url: [] })).rejects.toMatchObject({ code: "CHAIN_REQUEST_INVALID" });
});

test("finalised heads come one after the other, the newest to a slow reader, and end on abort", async () => {
  const { chain } = await connected(devnet.url);
  const stop = new AbortController();
  const heads = chain.finalisedHeads(stop.signal)[Symbol.asyncIterator]();
  const first = (await heads.next()).value;
  expect(first).toEqual({ block: devnet.finalized().number, hash: devnet.finalized().hash });
  const next = heads.next();
  await devnet.newBlock(2);
  expect((await next).value.block).toBeGreaterThan(first.block);
  await devnet.newBlock(5);
  // A round trip: by then all five have arrived.
  const { block } = await chain.finalisedHead();
  expect((await heads.next()).value).toMatchObject({ block });
  const waiting = heads.next();
  stop.abort();
  expect(await waiting).toMatchObject({ done: true });
});

test("closing ends the heads, refuses further calls and may be repeated", async () => {
  const { chain } = await connected(devnet.url);
  const heads = chain.finalisedHeads()[Symbol.asyncIterator]();
  await heads.next();
  const waiting = heads.next();
  await chain.close();
  await chain.close();
  expect(await waiting).toMatchObject({ done: true });
  await expect(chain.finalisedHead()).rejects.toMatchObject({ code: "CHAIN_CLOSED", retryable: false });
  await expect(chain.metagraph(NETUID)).rejects.toMatchObject({ code: "CHAIN_CLOSED" });
});

test("the same object goes on when the node is stopped and started again", async () => {
  const genesis = await localGenesis();
  const start = () => startDevnet({ genesis, blockMs: 0, port: 0 });
  const before = await start();
  // Its own port could be another's by the time it is back.
  const door = await startProxy(before.url);
  const { chain, log } = await connected(door.url);
  const heads = chain.finalisedHeads()[Symbol.asyncIterator]();
  await heads.next();
  const lost = log.next(LOST);
  await before.close();
  await lost;
  const asked = chain.metagraph(NETUID);
  const after = await start();
  door.target = after.url;
  expect((await asked).neurons).toHaveLength(6);
  expect(after.genesisHash).toBe(before.genesisHash);
  const next = heads.next();
  await after.newBlock(3);
  expect((await next).value.block).toBeGreaterThan(0);
  await chain.close();
  await door.close();
  await after.close();
});

test("another chain at the same endpoint is refused after a reconnect too", async () => {
  const [door, impostor] = [await startProxy(devnet.url), await startLocal({ tempo: 33 })];
  const { chain, log } = await connected(door.url);
  const failed = log.next(FAILED);
  door.target = impostor.url;
  door.cut();
  await failed;
  await expect(chain.bestHead()).rejects.toMatchObject({ code: "CHAIN_WRONG_GENESIS" });
  await chain.close();
  await door.close();
  await impostor.close();
});

test("a question whose answer is lost with the connection is asked again", async () => {
  const proxy = await startProxy(devnet.url);
  const { chain } = await connected(proxy.url);
  proxy.onAnswer = (method) => {
    if (method !== "state_call") return "pass";
    proxy.onAnswer = () => "pass";
    return "cut";
  };
  expect((await chain.metagraph(NETUID)).neurons).toHaveLength(6);
  expect(proxy.accepted).toBe(2);
  await chain.close();
  await proxy.close();
});

/** Swallows answers to such methods; resolves with the first. */
function swallowNext(proxy: Proxy, isMeant: (method: string) => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  proxy.onAnswer = (method) => {
    if (!isMeant(method)) return "pass";
    resolve();
    return "swallow";
  };
  return promise;
}

test("a node that falls silent costs one deadline, then the same object works on a new connection", async () => {
  const proxy = await startProxy(devnet.url);
  const { chain, log } = await connected(proxy.url);
  const reconnected = log.next(LOST).then(() => log.next(CONNECTED));
  const swallowed = swallowNext(proxy, () => true);
  stopDeadlines();
  const asked = chain.finalisedHead().catch((error: unknown) => error);
  await swallowed;
  vi.advanceTimersByTime(LONG_MS);
  expect(await asked).toMatchObject({ code: "CHAIN_TIMEOUT", retryable: true });
  proxy.onAnswer = () => "pass";
  await reconnected;
  expect((await chain.finalisedHead()).hash).toBe(devnet.finalized().hash);
  await chain.close();
  await proxy.close();
});

test("one slow answer among others does not end the connection", async () => {
  const proxy = await startProxy(devnet.url);
  const { chain } = await connected(proxy.url);
  const swallowed = swallowNext(proxy, (method) => method === "state_call");
  stopDeadlines();
  const asked = chain.metagraph(NETUID).catch((error: unknown) => error);
  await swallowed;
  await chain.finalisedHead();
  vi.advanceTimersByTime(LONG_MS);
  expect(await asked).toMatchObject({ code: "CHAIN_TIMEOUT" });
  expect((await chain.finalisedHead()).hash).toBe(devnet.finalized().hash);
  expect(proxy.accepted).toBe(1);
  await chain.close();
  await proxy.close();
});

test("a connection without new finalised blocks is replaced", async () => {
  let now = 0;
  const { log } = await connected(devnet.url, { staleMs: 1_000, clock: { now: () => now } });
  const lost = log.next(LOST);
  now = 1_001;
  expect(await lost).toMatchObject({ reason: "no new finalised block for 1001 ms" });
  await log.next(CONNECTED);
});

test("what is no JSON-RPC node is refused", async () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket) => socket.on("message", () => socket.send("hello")));
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(connectLocal(`ws://127.0.0.1:${port}`, { deadlineMs: 100 })).rejects.toMatchObject({
    code: "CHAIN_UNREACHABLE",
  });
  for (const client of server.clients) client.terminate();
  server.close();
});

test("a closed chain leaves no timer and no socket behind", async () => {
  const count = () =>
    process.getActiveResourcesInfo().filter((kind) => /Timeout|TCPSocket|TCPConnect/.test(kind)).length;
  const before = count();
  for (let i = 0; i < 10; i++) {
    const { chain } = await connectLocal(devnet.url);
    await chain.metagraph(NETUID);
    await chain.close();
  }
  while (count() > before) await setImmediate();
  expect(count()).toBeLessThanOrEqual(before);
});

test("nothing was ever written to the console", () => {
  for (const spy of console_) expect(spy).not.toHaveBeenCalled();
});
