import fc from "fast-check";
import { expect, test } from "vitest";
import { topPermits, withOwnerPermit } from "./permits.ts";
import { fixed, functionVectors, type Whole } from "./test/chain-vectors.ts";

type Vector = { input: Whole[]; k: number; expected_nonzero_variant: boolean[] };

test.each(functionVectors<Vector>("is_topk"))("the chain's top $k", (vector) => {
  expect(topPermits(fixed(vector.input), vector.k)).toEqual(vector.expected_nonzero_variant);
});

test("among equals the higher uid keeps its permit", () => {
  expect(topPermits([5n, 5n, 5n], 2)).toEqual([false, true, true]);
});

test("zero stake gets no permit, however many there are", () => {
  expect(topPermits([0n, 1n], 10)).toEqual([false, true]);
});

test("the owner is permitted whatever its stake", () => {
  expect(withOwnerPermit([false, true], 0)).toEqual([true, true]);
  expect(withOwnerPermit([false, true], null)).toEqual([false, true]);
  expect(withOwnerPermit([false, true], 7)).toEqual([false, true]);
});

test("never more permits than allowed, and nobody above a holder goes without", () => {
  const stake = fc.array(fc.bigInt({ min: 0n, max: 9n }), { maxLength: 12 });
  fc.assert(
    fc.property(stake, fc.nat({ max: 14 }), (shares, allowed) => {
      const permits = topPermits(shares, allowed);
      expect(permits.filter(Boolean).length).toBeLessThanOrEqual(allowed);
      const lowest = shares.filter((_, uid) => permits[uid]).sort((a, b) => Number(a - b))[0];
      if (lowest === undefined) return;
      expect(shares.every((share, uid) => permits[uid] || share <= lowest)).toBe(true);
    }),
  );
});
