import { divideRationals, rational, sumOfRationals, toNumber } from "../exact/rational.ts";
import type { StakeVote } from "./stake-mean.ts";
import { type RobustMean, weightedSum, withoutTails } from "./tails.ts";

/**
 * Stake-weighted Winsorised mean: the mean with the tails moved in to the scores at the cuts.
 *
 * (Σ w·s + tail·(lowest kept s + highest kept s)) / Σ S over the stake between the tails; exact. Unlike `trimmedMean` the
 * tails keep their voice, but say no more than the nearest vote inside.
 *
 * @param votes as in `stakeMean`, at least one; scores finite.
 * @param share of the stake in each tail, in [0, 0.5).
 * @throws CoreError CORE_EMPTY without votes, CORE_OUT_OF_RANGE.
 */
export function winsorisedMean(votes: readonly StakeVote[], share: number): RobustMean {
  const { kept, tail } = withoutTails(votes, share);
  const ends = [kept[0], kept.at(-1)].map((vote) => ({ score: vote?.score ?? rational(0n), weight: tail }));
  const total = sumOfRationals([...kept, ...ends].map(({ weight }) => weight));
  const exact = divideRationals(weightedSum([...kept, ...ends]), total);
  return { exact, value: toNumber(exact) };
}
