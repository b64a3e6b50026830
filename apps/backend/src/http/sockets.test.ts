import { once } from "node:events";
import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { RunningBackend } from "../start.ts";
import { callWithKey } from "../testing/calls.ts";
import {
  authenticated,
  connectionData,
  dial,
  type Line,
  nextError,
  nextSnapshot,
  subscribe,
} from "../testing/line.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "../testing/world.ts";

let world: World;
let backend: RunningBackend;
beforeAll(async () => {
  world = await createWorld();
  backend = await world.launch();
});
afterAll(() => world.close());

type Key = { id: string; token: string };

const connected = (at: { url: string }, token: string, name = "Vera") =>
  authenticated(at, token, { name, timestampMs: world.clock.now() });

async function validatorKey(name = "Vera"): Promise<Key> {
  const { address: hotkey } = await hotkeyOf(name);
  const input = { name, role: "validator", hotkey };
  return (await callWithKey(backend.url, { path: "keys.create", input, token: world.adminToken }))
    .data as Key;
}

/** Writes a new snapshot by changing the rules. */
async function publish(burn: number): Promise<void> {
  const { data } = await callWithKey(backend.url, { path: "rules.get", method: "GET" });
  const { rules } = data as { rules: { fromBlock: number } };
  await world.devnet.newBlock(1);
  const fromBlock = world.devnet.finalized().number;
  await expect.poll(knownBlock, { timeout: 50_000 }).toBe(fromBlock);
  const input = { replaces: rules.fromBlock, rules: { ...rules, fromBlock, burn } };
  const put = await callWithKey(backend.url, { path: "rules.put", input, token: world.adminToken });
  expect(put.status).toBe(200);
}

async function knownBlock(): Promise<number> {
  const { data } = await callWithKey(backend.url, { path: "system.info", method: "GET" });
  return (data as { finalised: { block: number } }).finalised.block;
}

test("the newest snapshot comes first, and a newer one as soon as it is written", async () => {
  const { token } = await validatorKey();
  const line = await connected(backend, token);
  subscribe(line);
  const first = await nextSnapshot(line);
  expect(first).toMatchObject({
    version: 1,
    certificate: { ownerHotkey: (await hotkeyOf("Owner")).address },
  });
  await publish(1_000);
  expect((await nextSnapshot(line))?.version).toBe(2);
  line.socket.close();
});

test("whoever reconnects gets the newest first, and nothing it has seen", async () => {
  const { token } = await validatorKey();
  const newest = (await latestSnapshot(world.db, { netuid: NETUID, mechid: 0 }))?.version ?? 0;
  const stale = await connected(backend, token);
  subscribe(stale, { lastEventId: String(newest - 1) });
  expect((await nextSnapshot(stale))?.version).toBe(newest);
  const current = await connected(backend, token);
  subscribe(current, { lastEventId: String(newest) });
  await publish(2_000);
  expect((await nextSnapshot(current))?.version).toBe(newest + 1);
  for (const line of [stale, current]) line.socket.close();
});

test("every replica pushes what any of them has written", async () => {
  const other = await world.launch();
  const { token } = await validatorKey();
  const line = await connected(other, token);
  subscribe(line);
  const version = (await nextSnapshot(line))?.version ?? 0;
  await publish(3_000);
  expect((await nextSnapshot(line))?.version).toBe(version + 1);
  await other.close();
  expect((await line.closed).code).toBe(1001);
});

test("a key that is revoked ends the sockets opened with it, and only those", async () => {
  const [doomed, staying] = [await validatorKey("Vera"), await validatorKey("Viktor")];
  const lines = [await connected(backend, doomed.token), await connected(backend, staying.token, "Viktor")];
  for (const line of lines) {
    subscribe(line);
    await nextSnapshot(line);
  }
  const input = { id: doomed.id };
  await callWithKey(backend.url, { path: "keys.revoke", input, token: world.adminToken });
  expect(await lines[0]?.closed).toEqual({ code: 1008, reason: "API_KEY_REVOKED" });
  expect(lines[1]?.socket.readyState).toBe(WebSocket.OPEN);
  lines[1]?.socket.close();
});

test("a key that expires ends its sockets", async () => {
  const { address: hotkey } = await hotkeyOf("Vera");
  const input = { name: "brief", role: "validator", hotkey, expiresInDays: 1 };
  const made = await callWithKey(backend.url, { path: "keys.create", input, token: world.adminToken });
  const line = await connected(backend, (made.data as Key).token);
  subscribe(line);
  await nextSnapshot(line);
  world.clock.advance(86_400_000);
  expect(await line.closed).toEqual({ code: 1008, reason: "API_KEY_REVOKED" });
});

test("a socket that does not say who it is is closed at the deadline", async () => {
  const impatient = await world.launch({ authDeadlineMs: 100 });
  const line = dial(impatient);
  expect(await line.closed).toEqual({ code: 1008, reason: "API_UNAUTHENTICATED" });
  await impatient.close();
});

test.each([
  ["no key at all", {}, "API_UNAUTHENTICATED"],
  ["nonsense for a key", { token: "nonsense" }, "API_INVALID_KEY"],
])("a socket with %s is refused by that name and closed", async (_what, data, code) => {
  await world.devnet.newBlock(1);
  const line = dial(backend);
  await once(line.socket, "open");
  line.say({ method: "connectionParams", data });
  expect(await nextError(line)).toBe(code);
  await line.closed;
});

test("a key of another role cannot subscribe", async () => {
  const line = await connected(backend, world.adminToken);
  subscribe(line);
  expect(await nextError(line)).toBe("API_FORBIDDEN");
  line.socket.close();
});

test.each([
  ["without a signature", {}, "API_PROOF_NEEDED"],
  ["by another hotkey", { name: "Viktor" }, "API_INVALID_SIGNATURE"],
  ["for another place", { audience: "https://elsewhere.example" }, "API_INVALID_SIGNATURE"],
  ["too late", { timestampMs: 1 }, "API_REQUEST_EXPIRED"],
])("a key bound to a hotkey is worth nothing %s", async (_what, proof, code) => {
  const { token } = await validatorKey();
  const isProven = Object.keys(proof).length > 0;
  const now = { timestampMs: world.clock.now() };
  const data = isProven ? await connectionData(backend, { token, ...now, ...proof }) : { token };
  expect(await refusalOf(data)).toBe(code);
});

test("a proof is good for one connection and one token", async () => {
  const [one, other] = [await validatorKey(), await validatorKey()];
  const data = await connectionData(backend, { token: one.token, timestampMs: world.clock.now() });
  expect(await refusalOf({ ...data, token: other.token })).toBe("API_INVALID_SIGNATURE");
  const line = await said(data);
  subscribe(line);
  expect(await nextSnapshot(line)).toBeDefined();
  line.socket.close();
  expect(await refusalOf(data)).toBe("API_REPLAYED");
});

async function said(data: object): Promise<Line> {
  const line = dial(backend);
  await once(line.socket, "open");
  line.say({ method: "connectionParams", data });
  return line;
}

async function refusalOf(data: object): Promise<string> {
  const line = await said(data);
  const code = await nextError(line);
  line.socket.close();
  return code;
}

test("a key has at most four sockets, and eight subscriptions", async () => {
  const { token } = await validatorKey();
  const lines = [];
  for (let count = 0; count < 4; count += 1) lines.push(await connected(backend, token));
  const [first] = lines;
  if (first === undefined) throw new Error("no socket");
  for (let id = 1; id <= 9; id += 1) subscribe(first, { id });
  expect(await nextError(first)).toBe("API_TOO_MANY");
  // An answer shows that the socket is known to be this key's, before the fifth asks.
  for (const line of lines.slice(1)) {
    subscribe(line, { id: 20 });
    expect(await nextError(line)).toBe("API_TOO_MANY");
  }
  const fifth = await connected(backend, token);
  expect(await nextError(fifth)).toBe("API_TOO_MANY");
  for (const line of lines) line.socket.close();
});

test("a message beyond the limit ends the socket", async () => {
  const { token } = await validatorKey();
  const line = await connected(backend, token);
  line.say({ id: 1, method: "query", params: { path: "leaders.list", input: "x".repeat(70_000) } });
  expect((await line.closed).code).toBe(1009);
});

test("another path, and a page of another origin, get no socket", async () => {
  const { socket } = dial(backend, { origin: "https://evil.example" });
  expect(String(await once(socket, "error"))).toContain("404");
  const elsewhere = new WebSocket(`${backend.url.replace("http", "ws")}/elsewhere`);
  expect(String(await once(elsewhere, "error"))).toContain("404");
});

test("over HTTP there is no subscription, however its path is spelt", async () => {
  const { token } = await validatorKey();
  const headers = { authorization: `Bearer ${token}` };
  for (const path of ["snapshots.subscribe", "snapshots%2Esubscribe"]) {
    const response = await fetch(`${backend.url}/trpc/${path}`, { headers });
    expect(await response.text()).toContain("API_METHOD_NOT_SUPPORTED");
  }
});
