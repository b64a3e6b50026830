import fc from "fast-check";
import { expect, test } from "vitest";
import { mccOf } from "./mcc.ts";

test("the quotient of the exact sides", () => {
  expect(mccOf(10, 25, 24)).toEqual({ status: "defined", value: 10 / Math.sqrt(600) });
});

test.each([
  [0, 5],
  [5, 0],
  [0, 0],
])("a denominator of √(%i · %i) leaves it undefined, worth 0", (left, right) => {
  expect(mccOf(0, left, right)).toEqual({ status: "undefined", value: 0 });
});

test("equal sides give exactly 1, however large", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (side) => {
      expect(mccOf(side, side, side).value).toBe(1);
      expect(mccOf(-side, side, side).value).toBe(-1);
    }),
  );
});
