import fc from "fast-check";
import { expect, test } from "vitest";
import { unbeatenSubsets } from "./unbeaten.ts";

test("with nothing lost every non-empty subset is there", () => {
  expect(unbeatenSubsets(0b101, [])).toEqual([0b101, 0b100, 0b001]);
});

test("a lost set takes its subsets with it", () => {
  expect(unbeatenSubsets(0b111, [0b011])).toEqual([0b111, 0b110, 0b101, 0b100]);
  expect(unbeatenSubsets(0b111, [0b011, 0b110])).toEqual([0b111, 0b101]);
});

test("nothing is left of nothing, or if all is lost", () => {
  expect(unbeatenSubsets(0, [])).toEqual([]);
  expect(unbeatenSubsets(0b11, [0b11])).toEqual([]);
  expect(unbeatenSubsets(0b11, [0b1111])).toEqual([]);
});

test("sixteen environments can be gone through", () => {
  expect(unbeatenSubsets(0xffff, [])).toHaveLength(65_535);
  expect(unbeatenSubsets(0xffff, [0x7fff])).toHaveLength(32_768);
});

test("the same as looking at each subset by itself", () => {
  const mask = fc.nat({ max: 0xff });
  fc.assert(
    fc.property(mask, fc.array(mask, { maxLength: 6 }), (within, lost) => {
      const expected: number[] = [];
      for (let subset = 0xff; subset > 0; subset -= 1)
        if ((subset & within) === subset && lost.every((one) => (subset & one) !== subset))
          expected.push(subset);
      expect(unbeatenSubsets(within, lost)).toEqual(expected);
    }),
  );
});
