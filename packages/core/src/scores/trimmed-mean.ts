import { divideRationals, sumOfRationals, toNumber } from "../exact/rational.ts";
import type { StakeVote } from "./stake-mean.ts";
import { type RobustMean, weightedSum, withoutTails } from "./tails.ts";

/**
 * Stake-weighted trimmed mean: the mean of what is left when a share of the stake is cut off at either end.
 *
 * Σ w·s / Σ w over the stake between the tails; exact. With share 0 it is the stake-weighted mean. Colluders that hold
 * no more than the share cannot move it out of the range of the honest votes; more can, which is why `stakeMedian` is
 * the default.
 *
 * @param votes as in `stakeMean`, at least one; scores finite.
 * @param share in [0, 0.5).
 * @throws CoreError CORE_EMPTY without votes, CORE_OUT_OF_RANGE.
 */
export function trimmedMean(votes: readonly StakeVote[], share: number): RobustMean {
  const { kept } = withoutTails(votes, share);
  const total = sumOfRationals(kept.map(({ weight }) => weight));
  const exact = divideRationals(weightedSum(kept), total);
  return { exact, value: toNumber(exact) };
}
