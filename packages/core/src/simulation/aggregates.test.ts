import fc from "fast-check";
import { expect, test } from "vitest";
import { stakeMean } from "../scores/stake-mean.ts";
import { stakeMedian } from "../scores/stake-median.ts";
import { trimmedMean } from "../scores/trimmed-mean.ts";
import { winsorisedMean } from "../scores/winsorised-mean.ts";
import {
  cappedMedian,
  headMedian,
  plainMean,
  stakeWeightedMean,
  trimmedByHead,
  uncappedMedian,
  winsorisedByHead,
} from "./aggregates.ts";
import type { Aggregate } from "./types.ts";

type Vote = { coldkey: string; stakeRao: bigint; score: number };

const vote: fc.Arbitrary<Vote> = fc.record({
  coldkey: fc.constantFrom("a", "b", "c", "d", "e"),
  stakeRao: fc.oneof(fc.bigInt(0n, 5n), fc.bigInt(0n, 10n ** 17n)),
  score: fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000),
});
const votes = fc.array(vote, { minLength: 1, maxLength: 9 });
const byHead = (all: readonly Vote[]) => all.map((each) => ({ ...each, stakeRao: 1n }));
const ascending = (a: Vote, b: Vote) => a.score - b.score;
const of = (aggregate: Aggregate, all: readonly Vote[]) =>
  aggregate(all)(Float64Array.from(all, ({ score }) => score));

/** `check` for many lists of votes. */
function always(check: (all: readonly Vote[]) => void): void {
  fc.assert(fc.property(votes, check), { numRuns: 1_000 });
}

test("means are those of the package", () => {
  always((all) => {
    const total = all.reduce((sum, { stakeRao }) => sum + stakeRao, 0n);
    expect(of(stakeWeightedMean, all)).toBeCloseTo(stakeMean(all, total)?.value ?? Number.NaN, 12);
    expect(of(plainMean, all)).toBeCloseTo(stakeMean(byHead(all), 1n)?.value ?? Number.NaN, 12);
  });
});

test("trimmed and Winsorised means are those of the package", () => {
  always((all) => {
    expect(of(trimmedByHead(0.2), all)).toBeCloseTo(trimmedMean(byHead(all), 0.2).value, 9);
    expect(of(winsorisedByHead(0.2), all)).toBeCloseTo(winsorisedMean(byHead(all), 0.2).value, 9);
  });
});

test("medians are those of the package, halves included", () => {
  const check = (all: readonly Vote[]) => {
    const { raw, capped } = stakeMedian(all, ascending);
    expect(of(uncappedMedian, all)).toBe(raw.score);
    expect(of(cappedMedian, all)).toBe(capped.score);
    expect(of(headMedian, all)).toBe(stakeMedian(byHead(all), ascending).raw.score);
  };
  always(check);
  // Few different stakes meet one half exactly all the time.
  always((all) => check(all.map((each) => ({ ...each, stakeRao: each.stakeRao % 4n }))));
});

test("the cap takes from a coldkey what it holds above it", () => {
  const whale = { coldkey: "whale", stakeRao: 60n, score: 0.9 };
  const others = [0.1, 0.2, 0.3, 0.4].map((score, k) => ({ coldkey: `c${k}`, stakeRao: 10n, score }));
  expect(of(uncappedMedian, [whale, ...others])).toBe(0.9);
  expect(of(cappedMedian, [whale, ...others])).toBe(0.4);
});
