import fc from "fast-check";
import { expect, test } from "vitest";
import { LONGEST_PAUSE_MS, pause, pauseMs } from "./backoff.ts";

test("a pause is anything from nothing to a limit that doubles with every failure", () => {
  const longest = [0, 1, 2, 3, 10, 1_000].map((failures) =>
    pauseMs(failures, { firstMs: 1_000, random: () => 1 }),
  );
  expect(longest).toEqual([1_000, 2_000, 4_000, 8_000, LONGEST_PAUSE_MS, LONGEST_PAUSE_MS]);
  expect(pauseMs(3, { firstMs: 1_000, random: () => 0 })).toBe(0);
  expect(pauseMs(3, { firstMs: 1_000, random: () => 0.5 })).toBe(4_000);
});

test("a pause is finite whatever happened before", () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const ms = pauseMs(failures, { firstMs: 1_000, random: () => random });
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
    }),
  );
});

test("a pause ends with its signal", async () => {
  const controller = new AbortController();
  const waiting = pause(1_000_000, controller.signal);
  controller.abort();
  await waiting;
  await pause(1_000_000, controller.signal);
  expect(controller.signal.aborted).toBe(true);
});

test("a pause without a signal ends by itself", async () => {
  await expect(pause(1, undefined)).resolves.toBeUndefined();
});
