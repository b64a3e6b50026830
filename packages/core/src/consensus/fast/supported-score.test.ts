import { expect, test } from "vitest";
import { weightedMedian } from "../weighted-median.ts";
import { supportedScore } from "./supported-score.ts";
import { type Dice, diceOf } from "./test/dice.ts";

const ONE = 2 ** 32;

/** Votes as the reference and the kernel take them; stakes are positive, scores often equal. */
function votesOf(dice: Dice) {
  const values = dice.oneOf([1, 3, 10, ONE]);
  const length = dice.between(1, 20);
  const stake = Float64Array.from({ length }, () => dice.between(1, dice.oneOf([1, 5, 2 ** 27])));
  const score = Float64Array.from({ length }, () => dice.between(0, values));
  const high = stake.reduce((a, b) => a + b, 0);
  const minority = dice.oneOf([
    0,
    -1,
    high,
    high + 1,
    Math.floor(high / 2),
    dice.between(0, high),
    stake[0] ?? 0,
  ]);
  return { stake, score, high, minority };
}

test("10,000 medians are those of the reference", () => {
  const dice = diceOf(1);
  for (let k = 0; k < 10_000; k += 1) {
    const { stake, score, high, minority } = votesOf(dice);
    const expected = weightedMedian({
      stake: Array.from(stake, BigInt),
      score: Array.from(score, BigInt),
      minority: BigInt(minority),
    });
    const votes = { stake, score, from: 0, to: score.length };
    expect(BigInt(supportedScore(votes, { low: 0, high, minority }))).toBe(expected);
  }
});

test("stake below all of the votes, and votes outside of the part, count as they lie", () => {
  const votes = () => ({
    stake: Float64Array.of(9, 1, 2, 9),
    score: Float64Array.of(0, 5, 6, 0),
    from: 1,
    to: 3,
  });
  expect(supportedScore(votes(), { low: 10, high: 13, minority: 10 })).toBe(5);
  expect(supportedScore(votes(), { low: 10, high: 13, minority: 11 })).toBe(6);
});
