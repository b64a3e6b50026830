import { createClient } from "@assay/client";
import { SignedSnapshot } from "@assay/core";
import { latestSnapshot } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, callWithKey, prepare, send } from "../testing/calls.ts";
import { authenticated, nextError, subscribe } from "../testing/line.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "../testing/world.ts";

const PATH = "snapshots.latest";
let world: World;
let url: string;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  world = await createWorld();
  ({ url } = await world.launch());
  for (const name of ["Vera", "Viktor", "Mia"]) {
    const { address: hotkey } = await hotkeyOf(name);
    const input = { name, role: "validator", hotkey };
    const made = await callWithKey(url, { path: "keys.create", input, token: world.adminToken });
    tokens[name] = (made.data as { token: string }).token;
  }
});
afterAll(() => world.close());

/** The key of one participant, shown with the signature of another or of the same. */
async function show(keyOf: string, signedBy: string, lies = {}): Promise<Answer> {
  const signer = await hotkeyOf(signedBy);
  const call = { url, path: PATH, signer, timestampMs: world.clock.now(), method: "GET" as const };
  const { headers, ...request } = await prepare(call, lies);
  return send(url, { ...request, headers: { ...headers, authorization: `Bearer ${tokens[keyOf]}` } });
}

const code = async (answer: Promise<Answer>) => (await answer).code;

test("a validator that shows its key with its hotkey's signature gets the newest snapshot", async () => {
  const newest = () => latestSnapshot(world.db, { netuid: NETUID, mechid: 0 });
  await expect.poll(newest, { timeout: 50_000 }).toBeDefined();
  expect(SignedSnapshot.parse((await show("Vera", "Vera")).data).version).toBeGreaterThan(0);
});

test("a key without its hotkey is worth nothing, whatever is asked for", async () => {
  const stolen = { token: tokens["Vera"] ?? "", method: "GET" } as const;
  for (const path of [PATH, "leaders.list", "snapshots.list"]) {
    const answer = await callWithKey(url, { ...stolen, path });
    expect([path, answer.status, answer.code]).toEqual([path, 401, "API_PROOF_NEEDED"]);
  }
  const headers = { authorization: `Bearer ${tokens["Vera"]}` };
  for (const path of ["/snapshots/latest", "/snapshots", "/leaders"]) {
    const answer = await fetch(url + path, { headers });
    expect([path, answer.status, (await answer.text()).includes("API_PROOF_NEEDED")]).toEqual([
      path,
      401,
      true,
    ]);
  }
});

test("a key is not proved by another hotkey, nor by a signature for something else", async () => {
  expect(await code(show("Vera", "Viktor"))).toBe("API_PROOF_NEEDED");
  expect(await code(show("Vera", "Mia"))).toBe("API_PROOF_NEEDED");
  expect(await code(show("Vera", "Vera", { purpose: "snapshots.list" }))).toBe("API_INVALID_SIGNATURE");
  expect(await code(show("Vera", "Vera", { timestampMs: 1 }))).toBe("API_INVALID_SIGNATURE");
});

test("a proof is good for one request", async () => {
  const signer = await hotkeyOf("Vera");
  const call = { url, path: PATH, signer, timestampMs: world.clock.now(), method: "GET" as const };
  const { headers, ...request } = await prepare(call);
  const again = { ...request, headers: { ...headers, authorization: `Bearer ${tokens["Vera"]}` } };
  expect(await code(send(url, again))).toBeUndefined();
  expect(await code(send(url, again))).toBe("API_REPLAYED");
});

test("a hotkey without permit gets no snapshot, over HTTP or a socket, and its socket is ended", async () => {
  const answer = await show("Mia", "Mia");
  expect([answer.status, answer.code]).toEqual([403, "API_PERMIT_NEEDED"]);
  expect(answer.error?.facts).toMatchObject({ hotkey: (await hotkeyOf("Mia")).address, netuid: NETUID });
  const line = await authenticated({ url }, tokens["Mia"] ?? "", {
    name: "Mia",
    timestampMs: world.clock.now(),
  });
  subscribe(line);
  expect(await nextError(line)).toBe("API_PERMIT_NEEDED");
  expect(await line.closed).toEqual({ code: 1008, reason: "API_PERMIT_NEEDED" });
});

test("the client proves by itself whose its key is, over tRPC", async () => {
  const clock = world.clock;
  const apiKey = tokens["Vera"] ?? "";
  const vera = createClient({ url, netuid: NETUID, clock, apiKey, signer: await hotkeyOf("Vera") });
  expect((await vera.snapshots.latest()).version).toBeGreaterThan(0);
  expect((await vera.snapshots.list({})).items.length).toBeGreaterThan(0);
  expect(await vera.leaders.list()).toEqual([]);
  const thief = createClient({ url, netuid: NETUID, clock, apiKey });
  await expect(thief.snapshots.latest()).rejects.toMatchObject({ code: "API_PROOF_NEEDED" });
});

test("without a WebSocket the client's signed polls get the newest snapshot", async () => {
  class Blocked extends globalThis.WebSocket {
    constructor() {
      super("ws://127.0.0.1:1/ws");
    }
  }
  const signer = await hotkeyOf("Vera");
  const key = { apiKey: tokens["Vera"] ?? "", signer };
  const impatient = { timeoutMs: 2_000, firstPauseMs: 10, WebSocket: Blocked };
  const client = createClient({ url, netuid: NETUID, clock: world.clock, ...impatient, ...key });
  for await (const { version } of client.snapshots.subscribe()) {
    expect(version).toBeGreaterThan(0);
    break;
  }
});

test("a key that is bound to nobody is shown alone, also beside a signature", async () => {
  const admin = createClient({
    url,
    netuid: NETUID,
    clock: world.clock,
    apiKey: world.adminToken,
    signer: await hotkeyOf("Stranger"),
  });
  expect(await admin.leaders.list()).toEqual([]);
});
