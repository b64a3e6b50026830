import fc from "fast-check";
import { expect, test } from "vitest";
import { ONE } from "./fixed.ts";
import { fixed, functionVectors, type Whole } from "./test/chain-vectors.ts";
import { addEach, at, mulEach, normalise, normaliseBy, sum, zeros } from "./vector.ts";

test.each(functionVectors<{ input: Whole[]; expected: Whole[] }>("normalize"))(
  "the chain's normalised $input",
  ({ input, expected }) => {
    expect(normalise(fixed(input))).toEqual(fixed(expected));
  },
);

test("a vector without a sum stays as it is", () => {
  expect(normalise([0n, 0n])).toEqual([0n, 0n]);
  expect(normaliseBy([5n], 0n)).toEqual([5n]);
  expect(sum([])).toBe(0n);
});

test("vectors add and multiply element by element", () => {
  expect(addEach([1n, 2n], [3n, 4n])).toEqual([4n, 6n]);
  expect(mulEach([ONE, 2n * ONE], [ONE / 2n, ONE])).toEqual([ONE / 2n, 2n * ONE]);
});

test("an absent entry counts as zero", () => {
  expect(at([7n], 1)).toBe(0n);
  expect(zeros(2)).toEqual([0n, 0n]);
});

test("normalised shares sum to one, less than one bit each", () => {
  const share = fc.bigInt({ min: 0n, max: ONE });
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 64 }), (values) => {
      fc.pre(sum(values) > 0n);
      const lost = ONE - sum(normalise(values));
      expect(lost).toBeGreaterThanOrEqual(0n);
      expect(lost).toBeLessThan(BigInt(values.length));
    }),
  );
});
