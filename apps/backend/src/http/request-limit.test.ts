import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { createRequestLimit } from "./request-limit.ts";

/** What an address is read from. */
function from(remoteAddress: string, forwarded?: string) {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return { headers, socket: { remoteAddress } as Socket };
}

test("an address may make so many requests a minute, and another as many", async () => {
  const limit = createRequestLimit({ perMinute: 2, proxyHops: 0 });
  const waits: number[] = [];
  for (let count = 0; count < 3; count += 1) waits.push(await limit.take(from("10.0.0.1")));
  expect(waits.slice(0, 2)).toEqual([0, 0]);
  expect(waits[2]).toBeGreaterThan(0);
  expect(waits[2]).toBeLessThanOrEqual(60);
  expect(await limit.take(from("10.0.0.2"))).toBe(0);
});

test("without a trusted proxy nobody can say that they are somebody else", async () => {
  const limit = createRequestLimit({ perMinute: 1, proxyHops: 0 });
  expect(await limit.take(from("10.0.0.1", "1.1.1.1"))).toBe(0);
  expect(await limit.take(from("10.0.0.1", "2.2.2.2"))).toBeGreaterThan(0);
});

test("behind a trusted proxy only what it has written counts", async () => {
  const limit = createRequestLimit({ perMinute: 1, proxyHops: 1 });
  expect(await limit.take(from("10.0.0.1", "invented, 1.1.1.1"))).toBe(0);
  expect(await limit.take(from("10.0.0.1", "other, 1.1.1.1"))).toBeGreaterThan(0);
  expect(await limit.take(from("10.0.0.1", "invented, 2.2.2.2"))).toBe(0);
});

test("a proxy that writes nothing is itself the address", async () => {
  const limit = createRequestLimit({ perMinute: 1, proxyHops: 2 });
  expect(await limit.take(from("10.0.0.1", "1.1.1.1"))).toBe(0);
  expect(await limit.take(from("10.0.0.1"))).toBeGreaterThan(0);
});

test("a whole network of IPv6 addresses is one caller", async () => {
  const limit = createRequestLimit({ perMinute: 1, proxyHops: 0 });
  expect(await limit.take(from("2001:db8::1"))).toBe(0);
  expect(await limit.take(from("2001:db8::2"))).toBeGreaterThan(0);
  expect(await limit.take(from("2001:db8:0:1::2"))).toBe(0);
});
