import { expect, test } from "vitest";
import { assertFinite, assertWithin } from "./assert-within.ts";
import { refusalOf } from "./test/refusal.ts";

test("both ends belong to the range", () => {
  expect(refusalOf(() => assertWithin("x", 0, [0, 1]))).toBeUndefined();
  expect(refusalOf(() => assertWithin("x", 1, [0, 1]))).toBeUndefined();
});

test.each([-0.1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("%s is outside of 0..1 and says so", (value) => {
  expect(() => assertWithin("x", value, [0, 1])).toThrow(
    `CORE_OUT_OF_RANGE: name "x", value "${value}", range "0..1"`,
  );
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%s is not finite", (value) => {
  expect(refusalOf(() => assertFinite("x", value))).toBe("CORE_OUT_OF_RANGE");
});

test("every other number is", () => {
  expect(refusalOf(() => assertFinite("x", -Number.MAX_VALUE))).toBeUndefined();
});
