import fc from "fast-check";
import { expect, test } from "vitest";
import { maxUpscaleU16 } from "../consensus/max-upscale.ts";
import { PPB } from "../schema/primitives.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { quantise } from "./quantise.ts";

type Emit = {
  id: string;
  note: string;
  input: { weights: number[] };
  expected: { uids: number[]; values_half_even: number[] };
};
const emits = scoringVectors<Emit>("u16_emit");

test.each(emits.filter(({ expected }) => expected.uids.length > 0))("$id: $note", ({ input, expected }) => {
  const row = quantise(input.weights.map((weight) => Math.round(weight * PPB)));
  const positive = [...row.entries()].filter(([, value]) => value > 0);
  expect(positive.map(([uid]) => uid)).toEqual(expected.uids);
  expect(positive.map(([, value]) => value)).toEqual(expected.values_half_even);
});

test.each(emits.filter(({ expected }) => expected.uids.length === 0))(
  "$id: nothing to set is refused",
  ({ input }) => {
    expect(refusalOf(() => quantise(input.weights))).toBe("CORE_EMPTY");
  },
);

test.each([
  [
    [2, 1],
    [65_535, 32_768],
  ],
  [
    [6, 1],
    [65_535, 10_922],
  ],
  [
    [131_070, 1, 3],
    [65_535, 0, 2],
  ],
  [
    [1, 1],
    [65_535, 65_535],
  ],
  [
    [0, 7],
    [0, 65_535],
  ],
])("halves go to even: %j becomes %j", (shares, row) => {
  expect(quantise(shares)).toEqual(row);
});

test.each([[[]], [[0, 0]]])("%j is refused as empty", (shares) => {
  expect(refusalOf(() => quantise(shares))).toBe("CORE_EMPTY");
});

test.each([[[1, -1]], [[0.5]], [[Number.NaN, 1]], [[Number.POSITIVE_INFINITY]], [[2 ** 60]]])(
  "%j is refused as out of range",
  (shares) => {
    expect(refusalOf(() => quantise(shares))).toBe("CORE_OUT_OF_RANGE");
  },
);

const shares = fc
  .array(fc.integer({ min: 0, max: PPB }), { minLength: 1, maxLength: 40 })
  .filter((list) => list.some((share) => share > 0));

test("the chain's max-upscale leaves the row as it is", () => {
  fc.assert(
    fc.property(shares, (given) => {
      const row = quantise(given);
      expect(Math.max(...row)).toBe(65_535);
      expect(maxUpscaleU16(row)).toEqual(row);
    }),
  );
});

test("order is kept, equals stay equal, and each value is the nearest", () => {
  fc.assert(
    fc.property(shares, (given) => {
      const row = quantise(given);
      const largest = Math.max(...given);
      for (const [i, share] of given.entries()) {
        expect(Math.abs(row[i]! * largest - share * 65_535)).toBeLessThanOrEqual(largest / 2);
        for (const [j, other] of given.entries())
          if (share <= other) expect(row[i]).toBeLessThanOrEqual(row[j]!);
      }
    }),
  );
});
