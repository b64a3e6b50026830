import { ApiError } from "@assay/api";
import type { SignedSnapshot } from "@assay/core";
import { tracked } from "@trpc/server";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { createClient } from "./client.ts";
import type { ClientError } from "./errors.ts";
import type { SnapshotConflict } from "./seen.ts";
import type { ClientOptions } from "./settings.ts";
import { NETUID, startBackend, TOKEN } from "./testing/backend.ts";
import { snapshot } from "./testing/records.ts";
import { markingSigner } from "./testing/signer.ts";

vi.setConfig({ testTimeout: 60_000 });

let newest: SignedSnapshot | undefined;
let refusal: ApiError | undefined;
/** What sockets are sent, each only the newest. */
let pushed = snapshot(1);
const backend = await startBackend({
  snapshots: {
    latest: async () => {
      if (refusal !== undefined) throw refusal;
      if (newest === undefined) throw new ApiError({ code: "API_NOT_FOUND", kind: "snapshot", id: "latest" });
      return newest;
    },
    async *subscribe(_ctx, _input, signal) {
      yield tracked(String(pushed.version), pushed);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
    },
  },
});
afterAll(() => backend.close());

/** As behind a proxy that knows no WebSocket; until `unblock`. */
let isBlocked = false;
backend.sockets.shouldHandle = () => !isBlocked;
const block = () => {
  isBlocked = true;
};
const unblock = () => {
  isBlocked = false;
};

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  unblock();
  [newest, refusal, pushed] = [undefined, undefined, snapshot(1)];
});

/** A subscription that notes how its polls were answered, which can be awaited. */
function follow(options: Partial<ClientOptions> = {}) {
  const controller = new AbortController();
  cleanups.push(() => controller.abort());
  const [statuses, problems, conflicts, shown]: [number[], ClientError[], SnapshotConflict[], string[][]] = [
    [],
    [],
    [],
    [],
  ];
  const noted: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    shown.push([...new Headers(init?.headers).keys()]);
    statuses.push(response.status);
    return response;
  };
  const client = createClient({
    url: backend.url,
    netuid: NETUID,
    apiKey: TOKEN,
    firstPauseMs: 1,
    fetch: noted,
    ...options,
  });
  const iterator = client.snapshots.subscribe({
    signal: controller.signal,
    onProblem: (problem) => problems.push(problem),
    onConflict: (conflict) => conflicts.push(conflict),
  });
  const next = async () => (await iterator.next()).value?.version;
  return { next, iterator, statuses, problems, conflicts, shown };
}

test("where no WebSocket can be opened the newest comes over HTTP, sent only when it is another", async () => {
  block();
  newest = snapshot(3);
  const { next, statuses, problems } = follow();
  expect(await next()).toBe(3);
  const waiting = next();
  await expect
    .poll(() => statuses.filter((status) => status === 304).length, { timeout: 50_000 })
    .toBeGreaterThan(1);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  newest = snapshot(4);
  expect(await waiting).toBe(4);
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["CLIENT_UNREACHABLE"]));
});

test("it returns to the WebSocket as soon as one can be opened, and repeats nothing", async () => {
  block();
  newest = snapshot(3);
  const { next } = follow();
  expect(await next()).toBe(3);
  pushed = snapshot(5);
  unblock();
  expect(await next()).toBe(5);
  expect(backend.sockets.clients.size).toBe(1);
});

test("where a WebSocket can be opened nothing is asked over HTTP", async () => {
  const { next, statuses } = follow();
  expect(await next()).toBe(1);
  expect(statuses).toEqual([]);
});

test("a poll is signed if there is a signer, and shows the key", async () => {
  block();
  newest = snapshot(1);
  const { next, shown } = follow({ signer: markingSigner() });
  expect(await next()).toBe(1);
  expect(shown[0]).toEqual(expect.arrayContaining(["authorization", "x-assay-signature", "x-assay-nonce"]));
});

test("before the first snapshot a poll finds nothing, which is no problem", async () => {
  block();
  const { next, statuses, problems } = follow();
  const waiting = next();
  await expect.poll(() => statuses.length, { timeout: 50_000 }).toBeGreaterThan(1);
  newest = snapshot(1);
  expect(await waiting).toBe(1);
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["CLIENT_UNREACHABLE"]));
});

test("a key that a poll finds refused ends it, anything else is told and tried again", async () => {
  block();
  refusal = new ApiError({ code: "API_INTERNAL" });
  const { iterator, problems } = follow();
  const waiting = iterator.next();
  const ended = expect(waiting).rejects.toMatchObject({ code: "API_KEY_REVOKED" });
  await expect
    .poll(() => problems.some(({ code }) => code === "API_INTERNAL"), { timeout: 50_000 })
    .toBe(true);
  refusal = new ApiError({ code: "API_KEY_REVOKED", id: "key-1" });
  await ended;
});

test("what contradicts a snapshot of its version is told and given, and does not pass for news", async () => {
  block();
  newest = snapshot(3);
  const { next, problems, conflicts } = follow();
  expect(await next()).toBe(3);
  const waiting = next();
  const other = { ...snapshot(3), body: '{"version":3,"vectorHash":"another"}' };
  newest = other;
  await expect.poll(() => conflicts.length, { timeout: 50_000 }).toBe(1);
  expect(conflicts).toEqual([{ version: 3, first: snapshot(3), other }]);
  expect(problems.find(({ code }) => code === "CLIENT_SNAPSHOT_CONFLICT")?.facts).toMatchObject({
    version: 3,
  });
  newest = snapshot(4);
  expect(await waiting).toBe(4);
});

test("also when the other one comes over a socket", async () => {
  block();
  newest = snapshot(3);
  const { next, conflicts, iterator } = follow();
  expect(await next()).toBe(3);
  pushed = { ...snapshot(3), body: "{}" };
  unblock();
  void iterator.next();
  await expect.poll(() => conflicts.map(({ version }) => version), { timeout: 50_000 }).toEqual([3]);
});
