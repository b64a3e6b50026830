import { assertWithin } from "../assert-within.ts";
import { CoreError } from "../errors.ts";
import {
  divideRationals,
  fromDecimal,
  multiplyRationals,
  type Rational,
  rational,
  sumOfRationals,
} from "../exact/rational.ts";
import { assertStakes } from "./stake.ts";

/** One validator's stake and its weight for every miner. */
export type StakedRow = {
  /** S, in any unit, 0 or more. */
  readonly stakeRao: bigint;
  /** W, one per miner, each finite and 0 or more; all zeros for a validator that set nothing. */
  readonly weights: readonly number[];
};

/** Rank and incentive of each miner, exact. */
export type RankIncentive = { readonly ranks: readonly Rational[]; readonly incentive: readonly Rational[] };

/**
 * Incentive as the subnets' documents state it, without consensus: I = R / ΣR, R_j = Σ_i S_i·W_ij.
 *
 * Rows count as they are, not normalised. It explains; what the chain pays is `epoch`, which clips weights to the
 * consensus first.
 *
 * @param rows one per validator, all of the same length; any number.
 * @returns incentive sums to 1; all zeros if nobody weighs anybody.
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 * @see BitMind SN34, incentive mechanism, incentive of a miner.
 */
export function rankIncentive(rows: readonly StakedRow[]): RankIncentive {
  assertStakes(rows);
  for (const { weights } of rows) assertRow(weights, rows[0]?.weights.length ?? 0);
  const miners = rows[0]?.weights ?? [];
  const ranks = miners.map((_, miner) =>
    sumOfRationals(
      rows.map(({ stakeRao, weights }) =>
        multiplyRationals(rational(stakeRao), fromDecimal(weights[miner] ?? 0)),
      ),
    ),
  );
  const total = sumOfRationals(ranks);
  const incentive = ranks.map((rank) => (total.numerator === 0n ? rank : divideRationals(rank, total)));
  return { ranks, incentive };
}

function assertRow(weights: readonly number[], expected: number): void {
  if (weights.length !== expected)
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "weights", expected, actual: weights.length });
  for (const weight of weights) assertWithin("weight", weight, [0, Number.MAX_VALUE]);
}
