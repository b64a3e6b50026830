import { CoreError } from "../errors.ts";
import {
  addRationals,
  compareRationals,
  fromDecimal,
  multiplyRationals,
  type Rational,
  rational,
  subtractRationals,
  sumOfRationals,
} from "../exact/rational.ts";
import { assertStakes, voices } from "./stake.ts";
import type { StakeVote } from "./stake-mean.ts";

/** A score, and how much of its stake lies between the tails. */
export type KeptVote = { readonly score: Rational; readonly weight: Rational };

/** A mean whose `exact` value decides ties and whose `value` is for reading. */
export type RobustMean = { readonly exact: Rational; readonly value: number };

/** Votes between the tails, lowest score first, and the stake of each tail. */
export type Middle = { readonly kept: readonly KeptVote[]; readonly tail: Rational };

/**
 * The votes with a share of the stake taken off at either end; exact.
 *
 * A vote across a cut keeps the part of its stake inside. While all stakes are zero every vote weighs the same; equal
 * stakes count heads.
 *
 * @param votes at least one, any order.
 * @param share of the stake at each end, in [0, 0.5), read as the decimal it is written as.
 * @returns at least one vote with some weight.
 * @throws CoreError CORE_EMPTY without votes, CORE_OUT_OF_RANGE.
 */
export function withoutTails(votes: readonly StakeVote[], share: number): Middle {
  if (votes.length === 0) throw new CoreError({ code: "CORE_EMPTY", name: "votes" });
  assertStakes(votes);
  assertShare(share);
  const ascending = votes.toSorted((a, b) => a.score - b.score);
  const stakes = voices(ascending.map(({ stakeRao }) => stakeRao)).map((stake) => rational(stake));
  const total = sumOfRationals(stakes);
  const tail = multiplyRationals(total, fromDecimal(share));
  const weights = between(stakes, { low: tail, high: subtractRationals(total, tail) });
  const kept = ascending.map(({ score }, index) => ({
    score: fromDecimal(score),
    weight: weights[index] ?? rational(0n),
  }));
  return { kept: kept.filter(({ weight }) => weight.numerator > 0n), tail };
}

/** Laid end to end, how much of each stake lies between two marks. */
function between(stakes: readonly Rational[], { low, high }: { low: Rational; high: Rational }): Rational[] {
  let end = rational(0n);
  return stakes.map((stake) => {
    const start = end;
    end = addRationals(end, stake);
    const inside = subtractRationals(least(end, high), most(start, low));
    return most(inside, rational(0n));
  });
}

/** Σ weight·score of the votes kept. */
export function weightedSum(kept: readonly KeptVote[]): Rational {
  return sumOfRationals(kept.map(({ score, weight }) => multiplyRationals(score, weight)));
}

function least(a: Rational, b: Rational): Rational {
  return compareRationals(a, b) <= 0 ? a : b;
}

function most(a: Rational, b: Rational): Rational {
  return compareRationals(a, b) >= 0 ? a : b;
}

function assertShare(share: number): void {
  if (share >= 0 && share < 0.5) return;
  const [name, value, range] = ["tail", String(share), "0 or more, below 0.5"];
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value, range });
}
