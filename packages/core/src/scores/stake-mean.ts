import {
  addRationals,
  fromDecimal,
  multiplyRationals,
  type Rational,
  rational,
  toNumber,
} from "../exact/rational.ts";
import { assertStakes, sumOf } from "./stake.ts";

/** One validator's score of one agent. */
export type StakeVote = {
  /** S_v in rao, not negative. */
  readonly stakeRao: bigint;
  /** s_v, finite. */
  readonly score: number;
};

/** An aggregate whose `exact` value decides ties and whose `value` is for reading. */
export type StakeMean = {
  readonly exact: Rational;
  readonly value: number;
  readonly mode: "stake-weighted" | "plain";
};

/**
 * Stake-weighted mean of one agent's scores: Σ S_v·s_v / Σ S_v over the validators that scored it.
 *
 * Exact: scores count as the decimals they are written as, so equal results tie. If no validator of the roster has
 * stake, the plain mean. Undefined (the agent is unranked) without votes, or if only validators without stake voted
 * while others of the roster have some.
 *
 * @param votes one per validator that scored.
 * @param rosterStakeRao stake of the whole roster, rao.
 * @throws CoreError CORE_OUT_OF_RANGE for a score that is not finite or negative stake.
 */
export function stakeMean(votes: readonly StakeVote[], rosterStakeRao: bigint): StakeMean | undefined {
  assertStakes(votes);
  const mode = rosterStakeRao > 0n ? "stake-weighted" : "plain";
  const weights = votes.map(({ stakeRao }) => (mode === "plain" ? 1n : stakeRao));
  const total = sumOf(weights);
  if (total === 0n) return undefined;
  const weighted = votes.map(({ score }, index) =>
    multiplyRationals(fromDecimal(score), rational(weights[index] ?? 0n)),
  );
  const exact = multiplyRationals(weighted.reduce(addRationals, rational(0n)), rational(1n, total));
  return { exact, value: toNumber(exact), mode };
}
