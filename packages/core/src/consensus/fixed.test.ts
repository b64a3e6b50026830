import fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  clamp,
  div,
  fromFloat,
  fromInteger,
  mul,
  ONE,
  prop,
  q16,
  saturate,
  sdiv,
  sub,
  toInteger,
} from "./fixed.ts";
import { functionVectors, type Whole } from "./test/chain-vectors.ts";

const MAX = (1n << 63n) - 1n;
const MIN = -(1n << 63n);
const anyBits = fc.bigInt({ min: MIN, max: MAX });

type Arithmetic = { a: Whole; b: Whole; mul: Whole; safe_div: Whole };
test.each(functionVectors<Arithmetic>("mul/div"))("the chain's mul and div of $a and $b", (vector) => {
  const [a, b] = [BigInt(vector.a), BigInt(vector.b)];
  expect(mul(a, b)).toBe(BigInt(vector.mul));
  expect(div(a, b)).toBe(BigInt(vector.safe_div));
});

type Proportion = { input: Whole; expected: number };
test.each(functionVectors<Proportion>("fixed_proportion_to_u16"))(
  "$input as a u16 proportion is $expected",
  ({ input, expected }) => {
    expect(q16(BigInt(input))).toBe(expected);
  },
);

test("mul rounds down, also below zero", () => {
  expect(mul(3n, ONE / 2n)).toBe(1n);
  expect(mul(-3n, ONE / 2n)).toBe(-2n);
});

test("div truncates toward zero", () => {
  expect(div(-1n, fromInteger(2))).toBe(0n);
  expect(div(-ONE, fromInteger(3))).toBe(-1_431_655_765n);
});

test("div is zero by zero and where the quotient does not fit", () => {
  expect(div(ONE, 0n)).toBe(0n);
  expect(div(MAX, 1n)).toBe(0n);
  expect(div(MIN, 1n)).toBe(0n);
});

test("sdiv saturates where the quotient does not fit", () => {
  expect(sdiv(MAX, 1n)).toBe(MAX);
  expect(sdiv(MIN, 1n)).toBe(MIN);
  expect(sdiv(fromInteger(1), fromInteger(4))).toBe(ONE / 4n);
});

test("sums saturate at both ends", () => {
  expect(add(MAX, 1n)).toBe(MAX);
  expect(sub(MIN, 1n)).toBe(MIN);
  expect(saturate(MAX + 1n)).toBe(MAX);
  expect(fromInteger(1n << 40n)).toBe(MAX);
});

test("clamp prefers the lower bound when the bounds cross", () => {
  expect(clamp(5n, 10n, 1n)).toBe(10n);
  expect(clamp(50n, 10n, 1n)).toBe(1n);
});

test("kappa of 32767 lies just below one half", () => {
  expect(prop(32_767)).toBe(2_147_450_879n);
  expect(prop(65_535)).toBe(ONE);
  expect(prop(0)).toBe(0n);
});

test("whole numbers are floored and never negative", () => {
  expect(toInteger(ONE + ONE / 2n)).toBe(1n);
  expect(toInteger(-1n)).toBe(0n);
});

test("floats go to the nearest bits, ties to even", () => {
  expect(fromFloat(Math.fround(0.1))).toBe(429_496_736n);
  expect(fromFloat(0.5)).toBe(ONE / 2n);
  expect(fromFloat(2 ** -33)).toBe(0n);
  expect(fromFloat(3 * 2 ** -33)).toBe(2n);
  expect(fromFloat(-(2 ** -33))).toBe(0n);
});

test("every operation stays within 64 bits", () => {
  fc.assert(
    fc.property(anyBits, anyBits, (a, b) => {
      for (const result of [add(a, b), sub(a, b), mul(a, b), div(a, b), b === 0n ? 0n : sdiv(a, b)])
        expect(saturate(result)).toBe(result);
    }),
  );
});

test("every u16 proportion loses at most one step on the way back", () => {
  fc.assert(
    fc.property(fc.nat({ max: 65_535 }), (value) => {
      expect(value - q16(prop(value))).toBeOneOf([0, 1]);
    }),
  );
});
