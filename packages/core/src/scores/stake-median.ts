import { CoreError } from "../errors.ts";
import {
  addRationals,
  compareRationals,
  multiplyRationals,
  type Rational,
  rational,
} from "../exact/rational.ts";
import { coldkeyCap } from "./coldkey-cap.ts";
import { assertStakes, sumOf, voices } from "./stake.ts";

/** A vote that weighs by stake. */
export type WeighedVote = {
  readonly coldkey: string;
  /** S_v in rao, not negative. */
  readonly stakeRao: bigint;
};

/** The median vote by stake as it is, and with each coldkey's stake capped. */
export type StakeMedian<Vote> = { readonly raw: Vote; readonly capped: Vote };

/**
 * Stake-weighted median: in ascending order, the first vote at which half of the stake is reached.
 *
 * Half exactly is enough, so of two equal camps the lower decides: it takes more than half of the stake to lift the
 * median. `capped` weighs no coldkey above {@link coldkeyCap}, shared among its validators by stake. While all
 * stakes are zero every vote weighs the same.
 *
 * @param votes at least one, any order.
 * @param compare ascending order of the votes; equal ones stay in the order given.
 * @throws CoreError CORE_EMPTY without votes, CORE_OUT_OF_RANGE for negative stake.
 */
export function stakeMedian<Vote extends WeighedVote>(
  votes: readonly Vote[],
  compare: (a: Vote, b: Vote) => number,
): StakeMedian<Vote> {
  assertStakes(votes);
  const ascending = votes.toSorted(compare);
  const stakes = voices(ascending.map(({ stakeRao }) => stakeRao));
  return {
    raw: medianOf(
      ascending,
      stakes.map((stake) => rational(stake)),
    ),
    capped: medianOf(ascending, cappedWeights(ascending, stakes)),
  };
}

function medianOf<Vote>(ascending: readonly Vote[], weights: readonly Rational[]): Vote {
  const half = multiplyRationals(weights.reduce(addRationals, rational(0n)), rational(1n, 2n));
  let reached = rational(0n);
  for (const [index, vote] of ascending.entries()) {
    reached = addRationals(reached, weights[index] ?? rational(0n));
    if (compareRationals(reached, half) >= 0) return vote;
  }
  throw new CoreError({ code: "CORE_EMPTY", name: "votes" });
}

/** Each vote's weight: its stake, scaled down where the coldkey's total exceeds the cap. */
function cappedWeights(votes: readonly WeighedVote[], stakes: readonly bigint[]): Rational[] {
  const totals = Map.groupBy(stakes.keys(), (index) => votes[index]?.coldkey ?? "");
  const perColdkey = new Map(
    [...totals].map(([coldkey, indexes]) => [coldkey, sumOf(indexes.map((index) => stakes[index] ?? 0n))]),
  );
  const cap = coldkeyCap([...perColdkey.values()]);
  return votes.map(({ coldkey }, index) => {
    const stake = rational(stakes[index] ?? 0n);
    const total = perColdkey.get(coldkey) ?? 0n;
    if (compareRationals(rational(total), cap) <= 0) return stake;
    return multiplyRationals(stake, multiplyRationals(cap, rational(1n, total)));
  });
}
