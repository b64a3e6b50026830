import fc from "fast-check";
import { expect, test } from "vitest";
import { overCommonDenominator } from "./common-denominator.ts";
import { compareRationals, rational } from "./rational.ts";

test("a half, a third and a whole are three, two and six sixths", () => {
  expect(overCommonDenominator([rational(1n, 2n), rational(1n, 3n), rational(1n)])).toEqual([3n, 2n, 6n]);
});

test("no fractions are no numbers", () => {
  expect(overCommonDenominator([])).toEqual([]);
});

test("the numbers stand to each other as the fractions do", () => {
  const fraction = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
    .map(([numerator, denominator]) => rational(numerator, denominator));
  fc.assert(
    fc.property(fraction, fraction, fraction, (a, b, c) => {
      const [x = 0n, y = 0n] = overCommonDenominator([a, b, c]);
      expect(x * b.numerator * a.denominator).toBe(y * a.numerator * b.denominator);
      expect(Math.sign(compareRationals(a, b))).toBe(Math.sign(Number(x - y)));
    }),
  );
});
