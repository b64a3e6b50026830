import fc from "fast-check";
import { expect, test } from "vitest";
import { mapped, pairwiseSum, widthOf } from "./floats.ts";

test("a float sum rounds at every step, a double sum does not", () => {
  const values = [16_777_216, 1, 1];
  expect(pairwiseSum(Float32Array.from(values))).toBe(16_777_216);
  expect(pairwiseSum(Float64Array.from(values))).toBe(16_777_218);
});

test("eight lanes lose less than one running sum", () => {
  const ones = [...Array<number>(8).fill(16_777_216), ...Array<number>(8).fill(1)];
  // Each lane loses its one; the lanes then add exactly.
  expect(pairwiseSum(Float32Array.from(ones))).toBe(8 * 16_777_216);
  expect(pairwiseSum(Float32Array.from([...Array<number>(16).fill(1), 16_777_200]))).toBe(16_777_216);
});

test("it is the sum, whatever the length", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 600 }), (values) => {
      const sum = values.reduce((a, b) => a + b, 0);
      expect(pairwiseSum(Float32Array.from(values))).toBe(sum);
      expect(pairwiseSum(Float64Array.from(values))).toBe(sum);
    }),
  );
});

test("widths are kept", () => {
  const floats = Float32Array.of(1, 3);
  expect(widthOf(floats)(0.1)).toBe(Math.fround(0.1));
  expect(widthOf(Float64Array.of(1))(0.1)).toBe(0.1);
  expect(mapped(floats, (value) => value / 10)).toEqual(Float32Array.of(0.1, 0.3));
  expect(mapped(Float64Array.of(1), (_, index) => index + 0.1)).toEqual(Float64Array.of(0.1));
});
