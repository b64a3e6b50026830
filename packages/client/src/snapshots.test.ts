import { ApiError, type Verbs } from "@assay/api";
import type { SignedSnapshot } from "@assay/core";
import { tracked } from "@trpc/server";
import { afterEach, expect, test, vi } from "vitest";
import { type Client, createClient } from "./client.ts";
import type { ClientError } from "./errors.ts";
import type { ClientOptions } from "./settings.ts";
import { freePort, NETUID, startBackend, type TestBackend, TOKEN } from "./testing/backend.ts";
import { snapshot } from "./testing/records.ts";

/** A busy machine must not fail a test that waits for an event. */
const PATIENCE = { timeout: 50_000 };
vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Subscribe = Verbs["snapshots"]["subscribe"];

/** Everything that has been published, sent in order to everybody, however old: the client must do without help. */
class Feed {
  readonly asked: (string | null | undefined)[] = [];
  readonly #sent: SignedSnapshot[] = [];
  #more = Promise.withResolvers<void>();

  publish(...versions: number[]): void {
    this.#sent.push(...versions.map(snapshot));
    this.#more.resolve();
    this.#more = Promise.withResolvers();
  }

  subscribe: Subscribe = (_ctx, input, signal) => {
    this.asked.push(input?.lastEventId);
    return this.#all(signal);
  };

  async *#all(signal: AbortSignal) {
    const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    for (let next = 0; !signal.aborted; ) {
      const sent = this.#sent[next];
      if (sent === undefined) await Promise.race([this.#more.promise, aborted]);
      else yield tracked(String(sent.version), this.#sent[next++] ?? sent);
    }
  }
}

async function serve(subscribe: Subscribe, port?: number): Promise<TestBackend> {
  const backend = await startBackend({ snapshots: { subscribe } }, port);
  cleanups.push(() => backend.close());
  return backend;
}

function connect(url: string, options: Partial<ClientOptions> = {}): Client {
  return createClient({ url, netuid: NETUID, apiKey: TOKEN, firstPauseMs: 1, ...options });
}

/** A subscription whose versions and problems can be awaited one by one. */
function follow(client: Client, after?: number) {
  const controller = new AbortController();
  cleanups.push(() => controller.abort());
  const problems: ClientError[] = [];
  const iterator = client.snapshots.subscribe({
    signal: controller.signal,
    ...(after !== undefined && { after }),
    onProblem: (problem) => problems.push(problem),
  });
  const next = async () => (await iterator.next()).value?.version;
  return { next, problems, stop: () => controller.abort(), iterator };
}

const cut = ({ sockets }: TestBackend) => {
  for (const socket of sockets.clients) socket.terminate();
};

test("yields what is published, newer after older", async () => {
  const feed = new Feed();
  const { url } = await serve(feed.subscribe);
  const { next } = follow(connect(url));
  for (const version of [1, 2, 7]) {
    feed.publish(version);
    expect(await next()).toBe(version);
  }
});

test("resumes by itself after a lost connection and repeats nothing", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  const { next, problems } = follow(connect(backend.url));
  for (const version of [1, 2, 3, 4]) {
    feed.publish(version);
    expect(await next()).toBe(version);
    cut(backend);
  }
  feed.publish(5);
  expect(await next()).toBe(5);
  expect(feed.asked).toEqual(["0", "1", "2", "3", "4"]);
  expect(problems.map(({ code }) => code)).toEqual(Array(4).fill("CLIENT_UNREACHABLE"));
});

test("a connection that had begun makes the next pause no longer", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  // Counted as failures, sixteen of them would make a pause of half a minute, more than a test may take.
  const { next } = follow(connect(backend.url, { random: () => 1 }));
  const versions = Array.from({ length: 80 }, (_, index) => index + 1);
  for (const version of versions) {
    feed.publish(version);
    expect(await next()).toBe(version);
    cut(backend);
  }
});

test("resumes after the backend was away, and tells of every attempt", async () => {
  const feed = new Feed();
  const first = await serve(feed.subscribe);
  const { next, problems } = follow(connect(first.url));
  feed.publish(1);
  expect(await next()).toBe(1);
  await first.close();
  const waiting = next();
  await expect.poll(() => problems.length, PATIENCE).toBeGreaterThan(3);
  const second = new Feed();
  second.publish(1, 2);
  await serve(second.subscribe, first.port);
  expect(await waiting).toBe(2);
});

test("begins although the backend comes later", async () => {
  const feed = new Feed();
  const early = await serve(feed.subscribe);
  await early.close();
  const { next, problems } = follow(connect(early.url));
  const waiting = next();
  await expect.poll(() => problems.length, PATIENCE).toBeGreaterThan(0);
  feed.publish(1);
  await serve(feed.subscribe, early.port);
  expect(await waiting).toBe(1);
});

test("never yields an older version, nor the same one twice", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  const { next } = follow(connect(backend.url));
  feed.publish(5);
  expect(await next()).toBe(5);
  feed.publish(4, 5, 6);
  expect(await next()).toBe(6);
  cut(backend);
  feed.publish(3, 6, 7);
  expect(await next()).toBe(7);
});

test("begins after the version that an earlier process has seen", async () => {
  const feed = new Feed();
  const { url } = await serve(feed.subscribe);
  const { next } = follow(connect(url), 5);
  feed.publish(4, 5, 6);
  expect(await next()).toBe(6);
  expect(feed.asked).toEqual(["5"]);
});

test("a slow reader gets the newest", async () => {
  const go = Promise.withResolvers<void>();
  const delivered = Promise.withResolvers<void>();
  const backend = await serve(async function* (_ctx, _input, signal) {
    yield tracked("1", snapshot(1));
    await go.promise;
    for (const version of [2, 3, 4]) yield tracked(String(version), snapshot(version));
    delivered.resolve();
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  });
  const { next, problems } = follow(connect(backend.url));
  expect(await next()).toBe(1);
  go.resolve();
  await delivered.promise;
  // Messages keep their order: once this one is told, those before it have arrived.
  for (const socket of backend.sockets.clients) socket.send("garbage");
  await expect.poll(() => problems.length, PATIENCE).toBe(1);
  expect(await next()).toBe(4);
});

test("the signal ends it, also while it waits, and leaves no socket", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  const { next, stop, iterator } = follow(connect(backend.url));
  feed.publish(1);
  await next();
  const waiting = iterator.next();
  stop();
  expect(await waiting).toEqual({ value: undefined, done: true });
  await expect.poll(() => backend.sockets.clients.size, PATIENCE).toBe(0);
});

test("the signal ends it while it pauses before the next connection", async () => {
  const { iterator, problems, stop } = follow(
    connect(`http://127.0.0.1:${await freePort()}`, { firstPauseMs: 30_000, random: () => 1 }),
  );
  const waiting = iterator.next();
  await expect.poll(() => problems.length, PATIENCE).toBe(1);
  stop();
  expect(await waiting).toEqual({ value: undefined, done: true });
});

test("leaving the loop leaves no socket", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  feed.publish(1);
  for await (const { version } of connect(backend.url).snapshots.subscribe()) {
    expect(version).toBe(1);
    break;
  }
  await expect.poll(() => backend.sockets.clients.size, PATIENCE).toBe(0);
});

test("a key that is refused ends it with the backend's own error", async () => {
  const { url } = await serve(new Feed().subscribe);
  const { iterator } = follow(connect(url, { apiKey: "a bad token" }));
  await expect(iterator.next()).rejects.toMatchObject({
    name: "ClientError",
    code: "API_INVALID_KEY",
    requestId: "ws",
  });
});

test("a key that ends meanwhile ends it, whatever else fails is tried again", async () => {
  let attempt = 0;
  const { url } = await serve(() => {
    attempt++;
    if (attempt === 1) throw new ApiError({ code: "API_INTERNAL" });
    if (attempt === 2) throw new ApiError({ code: "API_TOO_MANY", what: "subscriptions", limit: 8 });
    throw new ApiError({ code: "API_KEY_REVOKED", id: "key-1" });
  });
  const { iterator, problems } = follow(connect(url));
  await expect(iterator.next()).rejects.toMatchObject({ code: "API_KEY_REVOKED", facts: { id: "key-1" } });
  expect(problems.map(({ code }) => code)).toEqual(["API_INTERNAL", "API_TOO_MANY"]);
});

test("without an API key it does not begin", async () => {
  const { iterator } = follow(connect("http://127.0.0.1:1", { apiKey: undefined }));
  await expect(iterator.next()).rejects.toMatchObject({ code: "CLIENT_NO_API_KEY" });
});

test("a connection that is open but dead is given up and renewed", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  const { next } = follow(connect(backend.url, { keepAliveMs: 500 }));
  feed.publish(1);
  expect(await next()).toBe(1);
  for (const socket of backend.sockets.clients) socket.pause();
  const waiting = next();
  await expect.poll(() => feed.asked, PATIENCE).toEqual(["0", "1"]);
  feed.publish(2);
  expect(await waiting).toBe(2);
});

test("a subscription that is accepted but never begins is given up and tried again", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  backend.sockets.once("connection", (socket) => socket.removeAllListeners("message"));
  const { next, problems } = follow(connect(backend.url, { timeoutMs: 1_000 }));
  feed.publish(1);
  expect(await next()).toBe(1);
  expect(problems[0]).toMatchObject({ code: "CLIENT_TIMEOUT", facts: { path: "snapshots.subscribe" } });
});

test("a message that is no snapshot is told and passed over", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  const { next, problems } = follow(connect(backend.url));
  feed.publish(1);
  expect(await next()).toBe(1);
  for (const socket of backend.sockets.clients)
    socket.send(JSON.stringify({ id: 1, result: { type: "data", id: "9", data: { version: 9 } } }));
  feed.publish(2);
  expect(await next()).toBe(2);
  expect(problems).toMatchObject([{ code: "CLIENT_BAD_ANSWER" }]);
});

test("no message, however odd, ends the process or the subscription", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  const { next, problems } = follow(connect(backend.url));
  feed.publish(1);
  expect(await next()).toBe(1);
  const odd = [
    "",
    "{",
    "[]",
    "null",
    "7",
    "{}",
    '{"id":1}',
    '{"id":1,"result":null}',
    '{"id":1,"result":{}}',
  ];
  const odder = ['{"id":1,"error":null}', '{"method":7}', '{"id":"1","result":{"type":"stopped"}}', "\u0000"];
  for (const socket of backend.sockets.clients) for (const text of [...odd, ...odder]) socket.send(text);
  feed.publish(2);
  expect(await next()).toBe(2);
  expect(problems.map(({ code }) => code)).toEqual(Array(13).fill("CLIENT_BAD_ANSWER"));
  expect(feed.asked).toEqual(["0"]);
});

test("a backend that asks to connect again is left after a pause, and nothing is lost", async () => {
  const feed = new Feed();
  const backend = await serve(feed.subscribe);
  const { next, problems } = follow(connect(backend.url));
  feed.publish(1);
  expect(await next()).toBe(1);
  backend.askToReconnect();
  feed.publish(2);
  const waiting = next();
  expect(await waiting).toBe(2);
  feed.publish(3);
  expect(await next()).toBe(3);
  expect(problems.length).toBeLessThanOrEqual(1);
});
