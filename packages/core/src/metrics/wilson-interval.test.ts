import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { wilsonInterval } from "./wilson-interval.ts";

const anyZ = fc.double({ min: 0, max: 1000, noNaN: true });

test("7 of 10 at z = 1.96 lie between 0.397 and 0.892", () => {
  const { low, high } = wilsonInterval({ successes: 7, trials: 10 }, 1.96);
  expect(low).toBeCloseTo(0.396775, 5);
  expect(high).toBeCloseTo(0.892211, 5);
});

test("all of 20 leave room below, none of 20 above", () => {
  const all = wilsonInterval({ successes: 20, trials: 20 }, 2);
  expect(all.high).toBe(1);
  expect(all.low).toBeCloseTo(20 / 24, 15);
  const none = wilsonInterval({ successes: 0, trials: 20 }, 2);
  expect(none.low).toBe(0);
  expect(none.high).toBeCloseTo(4 / 24, 15);
});

test("no success leaves exactly 0 below, nothing but successes exactly 1 above", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), anyZ, (trials, z) => {
      expect(wilsonInterval({ successes: 0, trials }, z).low).toBe(0);
      expect(wilsonInterval({ successes: trials, trials }, z).high).toBe(1);
    }),
  );
});

test("without trials everything is possible", () => {
  expect(wilsonInterval({ successes: 0, trials: 0 }, 3)).toEqual({ low: 0, high: 1 });
});

const sample = fc
  .integer({ min: 1, max: 10_000 })
  .chain((trials) =>
    fc.record({ successes: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }),
  );

test("it holds the rate, stays in 0..1 and widens with z", () => {
  fc.assert(
    fc.property(sample, anyZ, anyZ, (given, a, b) => {
      const [narrow, wide] = [wilsonInterval(given, Math.min(a, b)), wilsonInterval(given, Math.max(a, b))];
      const rate = given.successes / given.trials;
      expect(narrow.low).toBeLessThanOrEqual(rate + 1e-12);
      expect(narrow.high).toBeGreaterThanOrEqual(rate - 1e-12);
      expect(wide.low).toBeLessThanOrEqual(narrow.low + 1e-12);
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high - 1e-12);
      expect(wide.low >= 0 && wide.high <= 1).toBe(true);
    }),
  );
});

test("one more success never lowers either end", () => {
  fc.assert(
    fc.property(sample, anyZ, ({ successes, trials }, z) => {
      fc.pre(successes < trials);
      const [before, after] = [successes, successes + 1].map((s) =>
        wilsonInterval({ successes: s, trials }, z),
      );
      expect(after!.low).toBeGreaterThanOrEqual(before!.low);
      expect(after!.high).toBeGreaterThanOrEqual(before!.high);
    }),
  );
});

test.each([
  [{ successes: 3, trials: 2 }, 1],
  [{ successes: -1, trials: 2 }, 1],
  [{ successes: 1.5, trials: 2 }, 1],
  [{ successes: 0, trials: -1 }, 1],
  [{ successes: 1, trials: 2 }, -1],
  [{ successes: 1, trials: 2 }, Number.NaN],
])("%j at z = %s is refused", (given, z) => {
  expect(refusalOf(() => wilsonInterval(given, z))).toBe("CORE_OUT_OF_RANGE");
});
