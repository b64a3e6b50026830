import { type Fixed, sub } from "./fixed.ts";
import { denseRow } from "./rows.ts";
import type { FixedRows } from "./types.ts";
import { at, normalise, sum } from "./vector.ts";
import { weightedMedian } from "./weighted-median.ts";

/**
 * Consensus: for each miner the largest weight that at least kappa of the active stake supports.
 *
 * C_j = weighted median of W_ij over validators with A_i > 0, in uid order, a missing weight counting as 0;
 * stakes normalised among them, minority = Σ stake − kappa.
 *
 * @param weights W, one sparse row per uid, Fixed in [0, ONE].
 * @param majority `activeStake` A, one per uid, Fixed; `kappa` Fixed in [0, ONE].
 * @returns C, one per uid, Fixed; all zeros if no stake is active.
 * @see subtensor epoch/math.rs
 */
export function consensus(
  weights: FixedRows,
  majority: { activeStake: readonly Fixed[]; kappa: Fixed },
): Fixed[] {
  const n = weights.length;
  const voters = weights.map((_, uid) => uid).filter((uid) => at(majority.activeStake, uid) > 0n);
  const stake = normalise(voters.map((uid) => at(majority.activeStake, uid)));
  const votes = voters.map((uid) => denseRow(weights[uid] ?? [], n));
  const minority = sub(sum(stake), majority.kappa);
  return weights.map((_, j) => weightedMedian({ stake, score: votes.map((row) => at(row, j)), minority }));
}
