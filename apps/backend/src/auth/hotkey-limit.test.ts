import type { Signer } from "@assay/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callSigned, callWithKey, prepare, send } from "../testing/calls.ts";
import { createWorld, hotkeyOf, type World } from "../testing/world.ts";

const PER_MINUTE = 3;
let world: World;
let vera: Signer;
let viktor: Signer;

beforeAll(async () => {
  world = await createWorld();
  [vera, viktor] = await Promise.all([hotkeyOf("Vera"), hotkeyOf("Viktor")]);
});
afterAll(() => world.close());

/** A replica on which nobody has used up anything yet. */
async function fresh(): Promise<string> {
  const { url } = await world.launch({ settings: { hotkeyRequestsPerMinute: PER_MINUTE } });
  return url;
}

const request = (url: string, signer = vera) => {
  const input = { name: "a validator" };
  return { url, path: "keys.request", signer, timestampMs: world.clock.now(), input };
};

test("a hotkey is turned away when it has signed too many, whatever for, and told when to return", async () => {
  const url = await fresh();
  for (let count = 0; count < PER_MINUTE; count += 1)
    expect((await callSigned(request(url))).code).toBeUndefined();
  for (const path of ["submissions.create", "results.report"]) {
    const refused = await callSigned({ ...request(url), path, input: {} });
    expect([refused.status, refused.code]).toEqual([429, "API_RATE_LIMITED"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  }
});

test("another hotkey at the same address has its own, and so has an API key", async () => {
  const url = await fresh();
  for (let count = 0; count <= PER_MINUTE; count += 1) await callSigned(request(url));
  expect((await callSigned(request(url))).code).toBe("API_RATE_LIMITED");
  expect((await callSigned(request(url, viktor))).code).toBeUndefined();
  const listed = await callWithKey(url, {
    path: "keys.list",
    input: {},
    method: "GET",
    token: world.adminToken,
  });
  expect(listed.status).toBe(200);
});

test("nobody uses up another's by forging its requests or sending them again", async () => {
  const url = await fresh();
  const captured = await prepare(request(url));
  expect((await send(url, captured)).code).toBeUndefined();
  for (let count = 0; count < 2 * PER_MINUTE; count += 1)
    expect((await send(url, captured)).code).toBe("API_REPLAYED");
  for (let count = 0; count < 2 * PER_MINUTE; count += 1)
    expect((await callSigned(request(url), { netuid: 9 })).code).toBe("API_INVALID_SIGNATURE");
  expect((await callSigned(request(url))).code).toBeUndefined();
});
