import fc from "fast-check";
import { expect, test } from "vitest";
import { rational, sumOfRationals, toNumber } from "../exact/rational.ts";
import { refusalOf } from "../test/refusal.ts";
import { fractionOf, scoringVectors } from "../test/scoring-vectors.ts";
import { rankIncentive } from "./rank-incentive.ts";

type Vector = {
  id: string;
  note: string;
  input: { weights: number[][]; stakes: number[] };
  expected: { ranks: number[]; incentive: number[]; incentive_fraction: string[] };
};

test.each(scoringVectors<Vector>("rank_incentive"))("$id: $note", ({ input, expected }) => {
  const rows = input.weights.map((weights, i) => ({ stakeRao: BigInt(input.stakes[i]!), weights }));
  const { ranks, incentive } = rankIncentive(rows);
  expect(ranks.map(toNumber)).toEqual(expected.ranks);
  expect(incentive).toEqual(expected.incentive_fraction.map(fractionOf));
  expect(incentive.map(toNumber)).toEqual(expected.incentive);
});

test("nobody at all is nobody's incentive", () => {
  expect(rankIncentive([])).toEqual({ ranks: [], incentive: [] });
});

test("rows of different length, negative weights or stake and weights that are no numbers are refused", () => {
  const row = (stakeRao: bigint, ...weights: number[]) => ({ stakeRao, weights });
  expect(refusalOf(() => rankIncentive([row(1n, 1), row(1n, 1, 2)]))).toBe("CORE_LENGTH_MISMATCH");
  expect(refusalOf(() => rankIncentive([row(1n, -1)]))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => rankIncentive([row(1n, Number.NaN)]))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => rankIncentive([row(-1n, 1)]))).toBe("CORE_OUT_OF_RANGE");
});

const anyRows = fc.integer({ min: 1, max: 6 }).chain((miners) =>
  fc.array(
    fc.record({
      stakeRao: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      weights: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: miners, maxLength: miners }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
);

test("incentive sums to one exactly or is all zero, whatever the order of validators", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const { ranks, incentive } = rankIncentive(rows);
      const isNobody = ranks.every(({ numerator }) => numerator === 0n);
      expect(sumOfRationals(incentive)).toEqual(rational(isNobody ? 0n : 1n));
      expect(rankIncentive(rows.toReversed()).incentive).toEqual(incentive);
    }),
  );
});
