import { setImmediate } from "node:timers/promises";
import { startDevnet } from "@assay/devnet";
import { startProxy } from "@assay/fault-proxy";
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
afterEach(async () => {
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

test("of several endpoints the one with the right chain is used", async () => {
  const other = await startLocal({ tempo: 33 });
  const url = ["ws://127.0.0.1:1", other.url, devnet.url];
  const { chain } = await connected(devnet.url, { url, genesisHash: devnet.genesisHash });
  expect(chain.endpoint).toBe(devnet.url);
  await other.close();
});

test("a node that is not there is unreachable, and waited for only until the deadline", async () => {
  const error: unknown = await connectLocal("ws://127.0.0.1:1", { deadlineMs: 50 }).catch(
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ code: "CHAIN_UNREACHABLE", retryable: true });
  expect(String(error)).toContain("ECONNREFUSED");
});

test("a node that comes up a little later is connected to", async () => {
  const once = await startLocal();
  await once.close();
  const log = journal();
  const failed = log.next(FAILED);
  const connecting = connectLocal(once.url, { log });
  await failed;
  const again = await startLocal({}, once.port);
  const { chain } = await connecting;
  expect(chain.genesisHash).toBe(again.genesisHash);
  await chain.close();
  await again.close();
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
  const start = (port: number) => startDevnet({ genesis, blockMs: 0, port });
  const before = await start(0);
  const { chain, log } = await connected(before.url);
  const heads = chain.finalisedHeads()[Symbol.asyncIterator]();
  await heads.next();
  const lost = log.next(LOST);
  await before.close();
  await lost;
  const asked = chain.metagraph(NETUID);
  const after = await start(before.port);
  expect((await asked).neurons).toHaveLength(6);
  expect(after.genesisHash).toBe(before.genesisHash);
  const next = heads.next();
  await after.newBlock(3);
  expect((await next).value.block).toBeGreaterThan(0);
  await chain.close();
  await after.close();
});

test("another chain at the same endpoint is refused after a reconnect too", async () => {
  const before = await startLocal();
  const { chain, log } = await connected(before.url);
  const failed = log.next(FAILED);
  await before.close();
  const impostor = await startLocal({ tempo: 33 }, before.port);
  await failed;
  await expect(chain.bestHead()).rejects.toMatchObject({ code: "CHAIN_WRONG_GENESIS" });
  await chain.close();
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

test("a node that falls silent costs one deadline, then the same object works on a new connection", async () => {
  const proxy = await startProxy(devnet.url);
  const { chain, log } = await connected(proxy.url, { deadlineMs: 1_000 });
  const reconnected = log.next(LOST).then(() => log.next(CONNECTED));
  proxy.onAnswer = () => "swallow";
  await expect(chain.finalisedHead()).rejects.toMatchObject({ code: "CHAIN_TIMEOUT", retryable: true });
  proxy.onAnswer = () => "pass";
  await reconnected;
  expect((await chain.finalisedHead()).hash).toBe(devnet.finalized().hash);
  await chain.close();
  await proxy.close();
});

test("one slow answer among others does not end the connection", async () => {
  const proxy = await startProxy(devnet.url);
  const { chain } = await connected(proxy.url, { deadlineMs: 1_000 });
  proxy.onAnswer = (method) => (method === "state_call" ? "swallow" : "pass");
  await expect(chain.metagraph(NETUID)).rejects.toMatchObject({ code: "CHAIN_TIMEOUT" });
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
