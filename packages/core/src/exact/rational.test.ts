import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import {
  addRationals,
  compareRationals,
  divideRationals,
  fromDecimal,
  multiplyRationals,
  rational,
  subtractRationals,
  sumOfRationals,
  toNumber,
} from "./rational.ts";

const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true });

test("a fraction stands in lowest terms", () => {
  expect(rational(6n, 4n)).toEqual({ numerator: 3n, denominator: 2n });
  expect(rational(-6n, 4n)).toEqual({ numerator: -3n, denominator: 2n });
  expect(rational(0n, 7n)).toEqual({ numerator: 0n, denominator: 1n });
});

test("a double counts as the decimal it is written as", () => {
  expect(fromDecimal(0.1)).toEqual({ numerator: 1n, denominator: 10n });
  expect(fromDecimal(-12.5)).toEqual({ numerator: -25n, denominator: 2n });
  expect(fromDecimal(1e-7)).toEqual({ numerator: 1n, denominator: 10n ** 7n });
  expect(fromDecimal(1.5e21)).toEqual({ numerator: 15n * 10n ** 20n, denominator: 1n });
  expect(fromDecimal(-0)).toEqual({ numerator: 0n, denominator: 1n });
});

test("0.1 + 0.2 equals 0.3", () => {
  expect(compareRationals(addRationals(fromDecimal(0.1), fromDecimal(0.2)), fromDecimal(0.3))).toBe(0);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%s is refused", (value) => {
  expect(refusalOf(() => fromDecimal(value))).toBe("CORE_OUT_OF_RANGE");
});

test("every finite double comes back as itself, the smallest included", () => {
  fc.assert(
    fc.property(anyDouble, (value) => {
      expect(toNumber(fromDecimal(value)) === value).toBe(true);
    }),
  );
  expect(toNumber(fromDecimal(Number.MIN_VALUE))).toBe(Number.MIN_VALUE);
  expect(toNumber(fromDecimal(Number.MAX_VALUE))).toBe(Number.MAX_VALUE);
});

test("a quotient of whole numbers rounds as the division of doubles does", () => {
  const whole = fc.maxSafeInteger();
  fc.assert(
    fc.property(whole, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (a, b) => {
      expect(toNumber(rational(BigInt(a), BigInt(b)))).toBe(a === 0 ? 0 : a / b);
    }),
  );
});

test("differences and quotients undo sums and products", () => {
  const fraction = fc.tuple(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: 1n, max: 50n }));
  const positive = fc.tuple(fc.bigInt({ min: 1n, max: 50n }), fc.bigInt({ min: 1n, max: 50n }));
  fc.assert(
    fc.property(fraction, positive, ([a, b], [c, d]) => {
      const [left, right] = [rational(a, b), rational(c, d)];
      expect(subtractRationals(addRationals(left, right), right)).toEqual(left);
      expect(divideRationals(multiplyRationals(left, right), right)).toEqual(left);
    }),
  );
});

test("a sum of thirds is whole, a sum of nothing is 0", () => {
  const third = rational(1n, 3n);
  expect(sumOfRationals([third, third, third])).toEqual(rational(1n));
  expect(sumOfRationals([])).toEqual(rational(0n));
});

test("order and products agree with whole numbers", () => {
  const fraction = fc.tuple(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: 1n, max: 50n }));
  fc.assert(
    fc.property(fraction, fraction, ([a, b], [c, d]) => {
      const product = multiplyRationals(rational(a, b), rational(c, d));
      expect(product.numerator * b * d).toBe(product.denominator * a * c);
      expect(Math.sign(compareRationals(rational(a, b), rational(c, d)))).toBe(
        Math.sign(Number(a * d - c * b)),
      );
    }),
  );
});
