import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs, pause } from "./pause.ts";

test("the backoff grows to a minute and is never zero", () => {
  expect([1, 2, 3, 9, 100].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
    500, 1000, 2000, 60_000, 60_000,
  ]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (n, luck) => {
        const ms = backoffMs(n, () => luck);
        expect(ms).toBeGreaterThanOrEqual(250);
        expect(ms).toBeLessThanOrEqual(60_000);
      },
    ),
  );
});

test("a pause ends with the signal and does not throw", async () => {
  const stop = new AbortController();
  const pausing = pause(3_600_000, stop.signal);
  stop.abort();
  await expect(pausing).resolves.toBeUndefined();
  await expect(pause(3_600_000, stop.signal)).resolves.toBeUndefined();
});
