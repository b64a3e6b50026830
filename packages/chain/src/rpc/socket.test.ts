import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { RpcSocket } from "./socket.ts";

const DEADLINE_MS = 60_000;

/** A node of which the test writes every word. */
let server: WebSocketServer;
let socket: RpcSocket;
let node: WebSocket;
const endpoint = () => {
  const address = server.address();
  return `ws://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
};
const open = (deadlineMs = DEADLINE_MS) =>
  RpcSocket.open(endpoint(), { deadlineMs, signal: new AbortController().signal });

beforeEach(async () => {
  server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const accepted: Promise<WebSocket[]> = once(server, "connection");
  socket = await open();
  [node = server.clients.values().next().value ?? expect.fail("no client")] = await accepted;
});
afterEach(() => {
  vi.useRealTimers();
  socket.close("end of test");
  for (const client of server.clients) client.terminate();
  server.close();
});

const heard = async (): Promise<{ id: number; method: string; params: unknown }> => {
  const [data]: unknown[] = await once(node, "message");
  return JSON.parse(String(data));
};
const say = (message: object) => node.send(JSON.stringify(message));
const ask = (method: string, deadlineMs = DEADLINE_MS) => socket.request({ method, params: [1] }, deadlineMs);
const heads = (onNews: (result: unknown) => void) => ({
  method: "sub",
  params: [],
  unsubscribe: "unsub",
  onNews,
});

test("answers find their questions in any order", async () => {
  const first = ask("a");
  const asked = [await heard()];
  const second = ask("b");
  asked.push(await heard());
  expect(asked).toMatchObject([{ method: "a", params: [1] }, { method: "b" }]);
  say({ id: asked[1]?.id, result: "B" });
  say({ id: asked[0]?.id, result: "A" });
  expect(await Promise.all([first, second])).toEqual(["A", "B"]);
});

test("a node's error keeps its code and its words", async () => {
  const asked = ask("author_submit");
  say({
    id: (await heard()).id,
    error: { code: 1010, message: "Invalid Transaction", data: "Custom error: 6" },
  });
  await expect(asked).rejects.toMatchObject({
    code: "CHAIN_RPC_REFUSED",
    facts: { method: "author_submit", rpcCode: 1010, reason: "Invalid Transaction: Custom error: 6" },
  });
});

test("news is heard also when it comes before or right after the answer that names it", async () => {
  const news: unknown[] = [];
  const subscribing = socket.subscribe(
    heads((result) => news.push(result)),
    DEADLINE_MS,
  );
  const { id } = await heard();
  say({ method: "head", params: { subscription: "s1", result: "early" } });
  say({ id, result: "s1" });
  say({ method: "head", params: { subscription: "s1", result: "late" } });
  const stop = await subscribing;
  const asked = ask("ping");
  say({ id: (await heard()).id, result: null });
  await asked;
  expect(news).toEqual(["early", "late"]);
  stop();
  expect(await heard()).toMatchObject({ method: "unsub", params: ["s1"] });
});

test("a lost connection rejects every open question, and later ones at once", async () => {
  const asked = [ask("a"), ask("b")].map((question) => question.catch((error: unknown) => error));
  await heard();
  node.terminate();
  const errors = await Promise.all(asked);
  expect(errors).toMatchObject([{ code: "CHAIN_DISCONNECTED" }, { code: "CHAIN_DISCONNECTED" }]);
  await expect(ask("c")).rejects.toMatchObject({ code: "CHAIN_DISCONNECTED", facts: { what: "c" } });
  expect(await socket.closed).toContain("closed by the node");
});

test("what is not JSON-RPC ends the connection", async () => {
  node.send("<html>");
  expect(await socket.closed).toContain("not JSON-RPC");
});

test("news a listener cannot read ends the connection instead of the process", async () => {
  const subscribing = socket.subscribe(
    heads(() => {
      throw new TypeError("no header");
    }),
    DEADLINE_MS,
  );
  say({ id: (await heard()).id, result: "s1" });
  await subscribing;
  say({ method: "head", params: { subscription: "s1", result: {} } });
  expect(await socket.closed).toContain("no header");
});

/** What becomes of a question that nobody answers while so much time passes. */
async function unanswered(method: string, deadlineMs: number): Promise<unknown> {
  const asked = ask(method, deadlineMs).catch((error: unknown) => error);
  await heard();
  vi.advanceTimersByTime(deadlineMs);
  return asked;
}

test("long silence ends the connection, one slow answer or a short wait does not", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const slow = ask("slow", DEADLINE_MS).catch((error: unknown) => error);
  await heard();
  const other = ask("other");
  say({ id: (await heard()).id, result: 1 });
  await other;
  vi.advanceTimersByTime(DEADLINE_MS);
  const late = { what: "slow", deadlineMs: DEADLINE_MS };
  expect(await slow).toMatchObject({ code: "CHAIN_TIMEOUT", facts: late });
  expect(await unanswered("hasty", 50)).toMatchObject({ code: "CHAIN_TIMEOUT" });
  expect(await unanswered("silent", DEADLINE_MS / 2)).toMatchObject({ code: "CHAIN_TIMEOUT" });
  expect(await socket.closed).toBe("no word for 30000 ms");
});

test("an answer that came while this process stood still is an answer", async () => {
  const asked = ask("slow", 50);
  say({ id: (await heard()).id, result: "in time" });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  expect(await asked).toBe("in time");
});

test("a node that accepts but never shakes hands is unreachable after the deadline", async () => {
  const mute = createServer();
  mute.listen(0, "127.0.0.1");
  await once(mute, "listening");
  const address = mute.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const opening = RpcSocket.open(`ws://127.0.0.1:${port}`, {
    deadlineMs: 50,
    signal: new AbortController().signal,
  });
  await expect(opening).rejects.toMatchObject({ code: "CHAIN_UNREACHABLE" });
  const stop = new AbortController();
  const aborted = RpcSocket.open(`ws://127.0.0.1:${port}`, { deadlineMs: 60_000, signal: stop.signal });
  stop.abort();
  await expect(aborted).rejects.toMatchObject({ code: "CHAIN_UNREACHABLE" });
  mute.close();
});
