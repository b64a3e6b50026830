import fc from "fast-check";
import { expect, test } from "vitest";
import { type Fixed, ONE } from "./fixed.ts";
import { fixed, functionVectors, type Whole } from "./test/chain-vectors.ts";
import { sum } from "./vector.ts";
import { weightedMedian } from "./weighted-median.ts";

type Vector = { stake: Whole[]; score: Whole[]; minority: Whole; expected: Whole };

test.each(functionVectors<Vector>("weighted_median"))("the chain's weighted median %#", (vector) => {
  const stake = fixed(vector.stake);
  const score = fixed(vector.score);
  expect(weightedMedian({ stake, score, minority: BigInt(vector.minority) })).toBe(BigInt(vector.expected));
});

test("nobody has a median of zero", () => {
  expect(weightedMedian({ stake: [], score: [], minority: 0n })).toBe(0n);
});

test("half the stake carries the higher score exactly when the minority allows it", () => {
  const halves = { stake: [ONE / 2n, ONE / 2n], score: [0n, 9n] };
  expect(weightedMedian({ ...halves, minority: ONE / 2n })).toBe(9n);
  expect(weightedMedian({ ...halves, minority: ONE / 2n - 1n })).toBe(0n);
});

/** The definition, without a search: scores ascending, until more than the minority lies at or below one. */
function byCounting(stake: readonly Fixed[], score: readonly Fixed[], minority: Fixed): Fixed {
  const levels = [...new Set(score)].sort((a, b) => (a < b ? -1 : 1));
  const atMost = (level: Fixed) => sum(stake.filter((_, i) => (score[i] ?? 0n) <= level));
  return levels.find((level) => atMost(level) > minority) ?? levels.at(-1) ?? 0n;
}

test("the search finds what counting finds, in any order", () => {
  const voter = fc.record({
    stake: fc.bigInt({ min: 1n, max: 1_000n }),
    score: fc.bigInt({ min: 0n, max: 6n }),
  });
  fc.assert(
    fc.property(
      fc.array(voter, { maxLength: 12 }),
      fc.bigInt({ min: 0n, max: 6_000n }),
      (voters, minority) => {
        const stake = voters.map((one) => one.stake);
        const score = voters.map((one) => one.score);
        const expected = byCounting(stake, score, minority);
        expect(weightedMedian({ stake, score, minority })).toBe(expected);
        const reversed = { stake: stake.toReversed(), score: score.toReversed(), minority };
        expect(weightedMedian(reversed)).toBe(expected);
      },
    ),
  );
});
