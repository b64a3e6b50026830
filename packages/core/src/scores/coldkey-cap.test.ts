import fc from "fast-check";
import { expect, test } from "vitest";
import { addRationals, compareRationals, multiplyRationals, rational } from "../exact/rational.ts";
import { coldkeyCap } from "./coldkey-cap.ts";
import { sumOf } from "./stake.ts";

/** Σ min(stake, cap), by hand. */
function kept(stakes: readonly bigint[], cap: ReturnType<typeof rational>) {
  const parts = stakes.map((stake) => (compareRationals(rational(stake), cap) < 0 ? rational(stake) : cap));
  return parts.reduce(addRationals, rational(0n));
}

test("many small coldkeys are capped at a fifth", () => {
  expect(coldkeyCap(Array.from({ length: 10 }, () => 10n))).toEqual(rational(20n));
});

test("few coldkeys are capped where four fifths of the stake remain", () => {
  expect(coldkeyCap([100n])).toEqual(rational(80n));
  expect(coldkeyCap([50n, 50n])).toEqual(rational(40n));
  expect(coldkeyCap([60n, 30n, 10n])).toEqual(rational(40n));
  expect(coldkeyCap([90n, 10n])).toEqual(rational(70n));
});

test("no stake has no cap", () => {
  expect(coldkeyCap([])).toEqual(rational(0n));
  expect(coldkeyCap([0n, 0n])).toEqual(rational(0n));
});

test("the cap is the larger of a fifth and the smallest that keeps four fifths", () => {
  const stakes = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(stakes, (amounts) => {
      fc.pre(sumOf(amounts) > 0n);
      const total = rational(sumOf(amounts));
      const fifth = multiplyRationals(total, rational(1n, 5n));
      const fourFifths = multiplyRationals(total, rational(4n, 5n));
      const cap = coldkeyCap(amounts);
      expect(compareRationals(kept(amounts, cap), fourFifths)).toBeGreaterThanOrEqual(0);
      expect(compareRationals(cap, fifth)).toBeGreaterThanOrEqual(0);
      const smaller = multiplyRationals(cap, rational(999_999n, 1_000_000n));
      const isSmallest = compareRationals(kept(amounts, smaller), fourFifths) < 0;
      expect(isSmallest || compareRationals(cap, fifth) === 0).toBe(true);
    }),
  );
});
