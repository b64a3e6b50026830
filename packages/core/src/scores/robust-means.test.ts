import fc from "fast-check";
import { expect, test } from "vitest";
import { rational } from "../exact/rational.ts";
import { refusalOf } from "../test/refusal.ts";
import { stakeMean } from "./stake-mean.ts";
import { withoutTails } from "./tails.ts";
import { trimmedMean } from "./trimmed-mean.ts";
import { winsorisedMean } from "./winsorised-mean.ts";

const vote = (stakeRao: bigint, score: number) => ({ stakeRao, score });
const heads = (...scores: number[]) => scores.map((score) => vote(1n, score));
const means = { trimmedMean, winsorisedMean };

test("one of five cut at either end leaves the middle three", () => {
  expect(trimmedMean(heads(9, 0.1, 0.3, 0.2, -7), 0.2).exact).toEqual(rational(1n, 5n));
});

test("Winsorised, the ends speak with the scores next to them", () => {
  expect(winsorisedMean(heads(9, 0.1, 0.3, 0.4, -7), 0.2).exact).toEqual(rational(13n, 50n));
});

test("a vote across the cut keeps the part of its stake inside", () => {
  const votes = [vote(60n, 0.5), vote(20n, 0), vote(20n, 1)];
  expect(withoutTails(votes, 0.3).kept).toEqual([{ score: rational(1n, 2n), weight: rational(40n) }]);
  expect(trimmedMean(votes, 0.1).exact).toEqual(rational(1n, 2n));
  expect(withoutTails(votes, 0.1).kept.map(({ weight }) => weight)).toEqual([
    rational(10n),
    rational(60n),
    rational(10n),
  ]);
});

test("without any stake heads are counted", () => {
  const votes = [0.1, 0.2, 0.9].map((score) => vote(0n, score));
  expect(trimmedMean(votes, 0.4).exact).toEqual(rational(1n, 5n));
});

test("one lying whale moves the mean but not a mean without its tail", () => {
  const votes = [...Array.from({ length: 8 }, () => vote(9n, 0.5)), vote(28n, 1)];
  expect(stakeMean(votes, 100n)?.value).toBeCloseTo(0.64, 15);
  expect(trimmedMean(votes, 0.28).value).toBe(0.5);
  expect(winsorisedMean(votes, 0.28).value).toBe(0.5);
});

const anyVote = fc.record({
  stakeRao: fc.bigInt({ min: 0n, max: 10n ** 18n }),
  score: fc.double({ min: -1, max: 1, noNaN: true }),
});
const anyVotes = fc.array(anyVote, { minLength: 1, maxLength: 9 });
const anyTail = fc.double({ min: 0, max: 0.499, noNaN: true });

for (const [name, mean] of Object.entries(means)) {
  test(`${name} without tails is the stake-weighted mean`, () => {
    fc.assert(
      fc.property(anyVotes, (votes) => {
        const total = votes.reduce((sum, { stakeRao }) => sum + stakeRao, 0n);
        expect(mean(votes, 0).exact).toEqual(stakeMean(votes, total)?.exact);
      }),
    );
  });

  test(`${name} lies within the votes, whatever their order`, () => {
    fc.assert(
      fc.property(anyVotes, anyTail, (votes, tail) => {
        const { exact, value } = mean(votes, tail);
        const scores = votes.map(({ score }) => score);
        expect(value).toBeGreaterThanOrEqual(Math.min(...scores));
        expect(value).toBeLessThanOrEqual(Math.max(...scores));
        expect(mean(votes.toReversed(), tail).exact).toEqual(exact);
      }),
    );
  });

  test(`${name} never falls when a vote rises`, () => {
    fc.assert(
      fc.property(
        anyVotes,
        anyTail,
        fc.nat(),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (votes, tail, pick, to) => {
          const better = votes.map((one, i) =>
            i === pick % votes.length ? { ...one, score: Math.max(one.score, to) } : one,
          );
          expect(mean(better, tail).value).toBeGreaterThanOrEqual(mean(votes, tail).value);
        },
      ),
    );
  });

  test(`${name} stays among the honest while the liars hold no more than the tail`, () => {
    const honest = fc.array(fc.double({ min: 0.4, max: 0.6, noNaN: true }), { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(honest, fc.constantFrom(0, 1), (truths, lie) => {
        const votes = [...truths.map((score) => vote(10n, score)), vote(10n, lie)];
        const { value } = mean(votes, 0.21);
        expect(value).toBeGreaterThanOrEqual(0.4);
        expect(value).toBeLessThanOrEqual(0.6);
      }),
    );
  });

  test(`${name} refuses no votes, half of the stake, negative stake and scores that are no numbers`, () => {
    expect(refusalOf(() => mean([], 0.1))).toBe("CORE_EMPTY");
    expect(refusalOf(() => mean(heads(1), 0.5))).toBe("CORE_OUT_OF_RANGE");
    expect(refusalOf(() => mean(heads(1), -0.1))).toBe("CORE_OUT_OF_RANGE");
    expect(refusalOf(() => mean(heads(1), Number.NaN))).toBe("CORE_OUT_OF_RANGE");
    expect(refusalOf(() => mean([vote(-1n, 1)], 0))).toBe("CORE_OUT_OF_RANGE");
    expect(refusalOf(() => mean(heads(Number.NaN), 0))).toBe("CORE_OUT_OF_RANGE");
  });
}
