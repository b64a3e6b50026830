import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { binomial } from "./binomial.ts";

test("four fair coins", () => {
  const chances = [1, 4, 6, 4, 1].map((ways) => ways / 16);
  for (const [k, chance] of binomial(4, 0.5).entries()) expect(chance).toBeCloseTo(chances[k]!, 15);
});

test.each([
  [0, 0.3, [1]],
  [3, 0, [1, 0, 0, 0]],
  [3, 1, [0, 0, 0, 1]],
])("%i trials at rate %s are certain", (trials, rate, chances) => {
  expect(Array.from(binomial(trials, rate))).toEqual(chances);
});

test("sum, mean and variance are 1, n·p and n·p·(1 − p), also for large n and tiny p", () => {
  const anyRate = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(1e-300, 5e-324, 1 - 2 ** -53),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), anyRate, (trials, rate) => {
      const chances = Array.from(binomial(trials, rate));
      const moment = (of: (k: number) => number) =>
        chances.reduce((sum, chance, k) => sum + chance * of(k), 0);
      const mean = trials * rate;
      expect(moment(() => 1)).toBeCloseTo(1, 12);
      expect(moment((k) => k) / trials).toBeCloseTo(rate, 10);
      expect(moment((k) => (k - mean) ** 2) / trials).toBeCloseTo(rate * (1 - rate), 8);
    }),
  );
});

test("nothing overflows at the largest size", () => {
  const chances = binomial(100_000, 0.37);
  expect(chances.every((chance) => Number.isFinite(chance) && chance >= 0)).toBe(true);
  expect(chances[37_000]).toBeCloseTo(0.002613, 5);
});

test.each([
  [-1, 0.5],
  [1.5, 0.5],
  [100_001, 0.5],
  [5, -0.1],
  [5, 1.1],
  [5, Number.NaN],
])("%s trials at rate %s are refused", (trials, rate) => {
  expect(refusalOf(() => binomial(trials, rate))).toBe("CORE_OUT_OF_RANGE");
});
