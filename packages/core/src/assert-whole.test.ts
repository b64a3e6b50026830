import { expect, test } from "vitest";
import { assertWhole } from "./assert-whole.ts";
import { refusalOf } from "./test/refusal.ts";

test("whole numbers from the least on pass", () => {
  for (const value of [0, 1, Number.MAX_SAFE_INTEGER])
    expect(refusalOf(() => assertWhole("n", value))).toBeUndefined();
  expect(refusalOf(() => assertWhole("n", 5, 5))).toBeUndefined();
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("%d is refused", (value) => {
  expect(refusalOf(() => assertWhole("n", value))).toBe("CORE_OUT_OF_RANGE");
});

test("a number below the least is refused by name", () => {
  expect(() => assertWhole("blocks", 4, 5)).toThrow('name "blocks", value "4", range "whole, 5 or more"');
});
