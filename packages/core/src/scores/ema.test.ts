import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { ema } from "./ema.ts";

test("a fiftieth of the way at α = 0.02", () => {
  expect(ema(0, 1, 0.02)).toBe(0.02);
  expect(ema(0.6, 0.1, 0.5)).toBeCloseTo(0.35, 15);
  expect(ema(0.6, 0.1, 1)).toBe(0.1);
});

test("half of the old score is left after 34 rounds", () => {
  const score = Array.from({ length: 34 }).reduce((v: number) => ema(v, 0, 0.02), 1);
  expect(score).toBeGreaterThan(0.5);
  expect(ema(score, 0, 0.02)).toBeLessThan(0.5);
});

const anyFinite = fc.double({ min: -1e300, max: 1e300, noNaN: true });
const anyAlpha = fc.double({ min: 1e-9, max: 1, noNaN: true });

test("it lies between the old score and the reward, and a steady miner does not drift", () => {
  fc.assert(
    fc.property(anyFinite, anyFinite, anyAlpha, (v, c, alpha) => {
      const moved = ema(v, c, alpha);
      expect(moved).toBeGreaterThanOrEqual(Math.min(v, c));
      expect(moved).toBeLessThanOrEqual(Math.max(v, c));
      expect(ema(v, v, alpha)).toBe(v);
    }),
  );
});

test("a better reward never lowers it", () => {
  fc.assert(
    fc.property(anyFinite, anyFinite, anyFinite, anyAlpha, (v, a, b, alpha) => {
      expect(ema(v, Math.max(a, b), alpha)).toBeGreaterThanOrEqual(ema(v, Math.min(a, b), alpha));
    }),
  );
});

test.each([
  [Number.NaN, 0, 0.5],
  [0, Number.POSITIVE_INFINITY, 0.5],
  [0, 1, 0],
  [0, 1, 1.5],
  [0, 1, Number.NaN],
])("ema(%s, %s, %s) is refused", (v, c, alpha) => {
  expect(refusalOf(() => ema(v, c, alpha))).toBe("CORE_OUT_OF_RANGE");
});
