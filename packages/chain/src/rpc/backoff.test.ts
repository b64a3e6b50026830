import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";

test("waits grow from a quarter second to half a minute", () => {
  const waits = [0, 1, 2, 6, 7, 50].map((attempt) => backoffMs(attempt, () => 1));
  expect(waits).toEqual([250, 500, 1_000, 16_000, 30_000, 30_000]);
});

test("chance takes away half at most", () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const full = backoffMs(attempt, () => 1);
      const wait = backoffMs(attempt, () => random);
      expect(wait).toBeGreaterThanOrEqual(full / 2);
      expect(wait).toBeLessThanOrEqual(full);
    }),
  );
});
