import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { meanWithError } from "./mean.ts";

test("the mean of 1, 2, 3, 4 is 2.5 with an error of √(5/12)", () => {
  const { mean, error } = meanWithError([1, 2, 3, 4]);
  expect(mean).toBe(2.5);
  expect(error).toBeCloseTo(Math.sqrt(5 / 12), 15);
});

test("one value shows no spread", () => {
  expect(meanWithError([7])).toEqual({ mean: 7, error: 0 });
});

test("no values are refused", () => {
  expect(refusalOf(() => meanWithError([]))).toBe("CORE_EMPTY");
});

test("the mean lies within the values and nothing overflows", () => {
  const value = fc.double({ min: -2e12, max: 2e12, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 50 }), (values) => {
      const { mean, error } = meanWithError(values);
      const slack = 1e-9 * Math.max(...values.map(Math.abs));
      expect(mean).toBeGreaterThanOrEqual(Math.min(...values) - slack);
      expect(mean).toBeLessThanOrEqual(Math.max(...values) + slack);
      expect(Number.isFinite(error) && error >= 0).toBe(true);
    }),
  );
});

test("the error shrinks with the square root of the number of values", () => {
  const few = meanWithError([0, 1, 0, 1]).error;
  const many = meanWithError(Array.from({ length: 400 }, (_, index) => index % 2)).error;
  expect(few / many).toBeCloseTo(Math.sqrt(399 / 3), 10);
});
