import fc from "fast-check";
import { expect, test } from "vitest";
import { roundHalfEven } from "./round-half-even.ts";

test.each([
  [0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [32_767.5, 32_768],
  [0.49999999999999994, 0],
  [2.5000000000000004, 3],
  [7, 7],
])("%s rounds to %s", (value, rounded) => {
  expect(roundHalfEven(value)).toBe(rounded);
});

test("it is never further than a half away, and even where it is just that", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (value) => {
      const rounded = roundHalfEven(value);
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5);
      if (Math.abs(rounded - value) === 0.5) expect(rounded % 2).toBe(0);
    }),
  );
});
