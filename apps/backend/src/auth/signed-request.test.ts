import { signerFromUri } from "@assay/chain/wallet";
import { NONCE_LIFETIME_MS, REQUEST_HEADERS, type Signer } from "@assay/core";
import { insertNonce } from "@assay/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Claims, callSigned, callWithKey, prepare, send } from "../testing/calls.ts";
import { createWorld, hotkeyOf, NETUID, type World } from "../testing/world.ts";

const HEARTBEAT = { softwareVersion: "0.1.0", duties: ["evaluate"], snapshotVersion: null, lastSet: null };
const PATH = "validators.heartbeat";

let world: World;
let url: string;
let vera: Signer;
let mia: Signer;

beforeAll(async () => {
  world = await createWorld();
  ({ url } = await world.launch());
  [vera, mia] = await Promise.all([hotkeyOf("Vera"), hotkeyOf("Mia")]);
  const input = { name: "vera", role: "validator", hotkey: vera.address };
  const key = await callWithKey(url, { path: "keys.create", input, token: world.adminToken });
  expect(key.status).toBe(200);
});
afterAll(() => world.close());

const now = () => world.clock.now();
const heartbeat = (signer = vera) => ({ url, path: PATH, signer, timestampMs: now(), input: HEARTBEAT });

test("a request signed by a validator's hotkey is accepted", async () => {
  const answer = await callSigned(heartbeat());
  expect([answer.status, answer.data]).toMatchObject([200, { block: expect.any(Number) }]);
});

test("a signed query is accepted as GET, without a body", async () => {
  const input = { sha256: "0".repeat(64) };
  const query = { url, path: "artefacts.get", signer: vera, timestampMs: now(), input };
  expect((await callSigned({ ...query, method: "GET" })).code).toBe("API_NOT_FOUND");
});

test("an unsigned request is refused", async () => {
  const answer = await callWithKey(url, { path: PATH, input: HEARTBEAT });
  expect([answer.status, answer.code]).toEqual([401, "API_UNAUTHENTICATED"]);
});

test("an admin's API key is no signature", async () => {
  const answer = await callWithKey(url, { path: PATH, input: HEARTBEAT, token: world.adminToken });
  expect([answer.status, answer.code]).toEqual([403, "API_FORBIDDEN"]);
});

test("a hotkey without a validator key may not do a validator's work", async () => {
  const answer = await callSigned(heartbeat(mia));
  expect([answer.status, answer.code]).toEqual([403, "API_FORBIDDEN"]);
});

describe("what was signed must be what is sent", () => {
  const lies: [string, () => Claims][] = [
    ["another purpose", () => ({ purpose: "jobs.claim" })],
    ["another method", () => ({ method: "GET" })],
    ["another target", () => ({ target: `/trpc/${PATH}?x=1` })],
    ["another audience", () => ({ audience: "https://other.example" })],
    ["another subnet", () => ({ netuid: NETUID + 1 })],
    ["another signer", () => ({ signer: mia.address })],
    ["another time", () => ({ timestampMs: now() - 1 })],
    ["another nonce", () => ({ nonce: "0".repeat(32) })],
    ["another body", () => ({ bodySha256: "0".repeat(64) })],
  ];
  test.each(lies)("a signature over %s is refused", async (_what, claims) => {
    const answer = await callSigned(heartbeat(), claims());
    expect([answer.status, answer.code]).toEqual([401, "API_INVALID_SIGNATURE"]);
  });
});

test("a refused signature says what it was checked against", async () => {
  const answer = await callSigned(heartbeat(), { audience: "https://other.example" });
  expect(answer.error?.facts).toMatchObject({ purpose: PATH, netuid: NETUID, signer: vera.address });
  expect(answer.error?.facts["audiences"]).toContain(url);
});

test("a signature by another key in the signer's name is refused", async () => {
  const asVera = { address: vera.address, sign: (message: Uint8Array) => mia.sign(message) };
  expect((await callSigned(heartbeat(asVera))).code).toBe("API_INVALID_SIGNATURE");
});

test("a body altered on the way is refused", async () => {
  const prepared = await prepare(heartbeat());
  const altered = { ...prepared, body: JSON.stringify({ ...HEARTBEAT, softwareVersion: "9.9.9" }) };
  const answer = await send(url, altered);
  expect([answer.status, answer.code]).toEqual([401, "API_BODY_HASH_MISMATCH"]);
});

test("a request is accepted once, however often and however concurrently it is sent", async () => {
  const prepared = await prepare(heartbeat());
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(url, prepared)));
  const codes = answers.map(({ code }) => code ?? "accepted").toSorted();
  expect(codes.filter((code) => code === "accepted")).toHaveLength(1);
  expect(codes.filter((code) => code === "API_REPLAYED")).toHaveLength(19);
});

test.each([
  [-29_900, undefined],
  [29_900, undefined],
  [-30_100, "API_REQUEST_EXPIRED"],
  [30_100, "API_REQUEST_EXPIRED"],
])("a request dated %i ms from the backend's clock gives %s", async (skewMs, code) => {
  expect((await callSigned({ ...heartbeat(), timestampMs: now() + skewMs })).code).toBe(code);
});

test("a request dated ahead cannot be replayed while its date is still good", async () => {
  const prepared = await prepare({ ...heartbeat(), timestampMs: now() + 29_000 });
  expect((await send(url, prepared)).status).toBe(200);
  world.clock.advance(58_000);
  expect((await send(url, prepared)).code).toBe("API_REPLAYED");
  expect(NONCE_LIFETIME_MS).toBeGreaterThan(2 * 30_000);
});

test("a hotkey that is not registered is refused before its body or signature is looked at", async () => {
  const stranger = await signerFromUri("//Stranger");
  const prepared = await prepare(heartbeat(stranger));
  const answer = await send(url, { ...prepared, body: "x".repeat(300_000) });
  expect([answer.status, answer.code]).toEqual([403, "API_UNKNOWN_HOTKEY"]);
});

test("a body beyond the limit is refused, and the nonce stays unspent", async () => {
  const prepared = await prepare(heartbeat());
  const answer = await send(url, { ...prepared, body: "x".repeat(300_000) });
  expect([answer.status, answer.code]).toEqual([413, "API_BODY_TOO_LARGE"]);
  expect((await send(url, prepared)).status).toBe(200);
});

test("a forged request is refused before its body is looked at", async () => {
  const report = { ...heartbeat(), path: "results.report" };
  const prepared = await prepare(report, { audience: "https://other.example" });
  const answer = await send(url, { ...prepared, body: "x".repeat(300_000) });
  expect([answer.status, answer.code]).toEqual([401, "API_INVALID_SIGNATURE"]);
});

test("without a signature no body may be large", async () => {
  const answer = await callWithKey(url, { path: "results.report", input: { body: "x".repeat(300_000) } });
  expect([answer.status, answer.code]).toEqual([413, "API_BODY_TOO_LARGE"]);
});

test("forged requests leave no trace in the store of nonces", async () => {
  const prepared = await prepare(heartbeat(), { audience: "https://other.example" });
  expect((await send(url, prepared)).code).toBe("API_INVALID_SIGNATURE");
  const nonce = prepared.headers[REQUEST_HEADERS.nonce] ?? "";
  const spent = { netuid: NETUID, signer: vera.address, nonce, expiresAt: new Date(now()) };
  expect(await insertNonce(world.db, spent)).toBeDefined();
});

test.each(Object.entries(REQUEST_HEADERS))(
  "a request without or with a malformed %s is refused",
  async (_f, name) => {
    const prepared = await prepare(heartbeat());
    const { [name]: _left, ...without } = prepared.headers;
    for (const headers of [without, { ...prepared.headers, [name]: "no such thing" }]) {
      const answer = await send(url, { ...prepared, headers });
      expect([answer.code, answer.error?.facts["header"]]).toEqual(["API_MALFORMED_SIGNATURE", name]);
    }
  },
);

test("a batch cannot be signed", async () => {
  const { target: _one, ...prepared } = await prepare(heartbeat());
  const response = await fetch(`${url}/trpc/${PATH},${PATH}?batch=1`, {
    ...prepared,
    body: prepared.body ?? null,
  });
  expect(response.status).toBe(401);
  expect(await response.text()).toContain("API_MALFORMED_SIGNATURE");
});

test("while the chain does not answer, no signature is accepted", async () => {
  const impatient = await world.launch({ settings: { metagraphMaxAgeSeconds: 60 } });
  const call = { ...heartbeat(), url: impatient.url };
  expect((await callSigned(call)).status).toBe(200);
  world.clock.advance(61_000);
  const answer = await callSigned({ ...call, timestampMs: now() });
  expect([answer.status, answer.code]).toEqual([503, "API_STALE_METAGRAPH"]);
  expect(await (await fetch(`${impatient.url}/ready`)).json()).toMatchObject({ ready: false });
});
