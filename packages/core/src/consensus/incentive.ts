import type { Fixed } from "./fixed.ts";
import { weightedColumnSums } from "./rows.ts";
import type { FixedRows } from "./types.ts";
import { normalise } from "./vector.ts";

/**
 * Incentive: each miner's share of the stake-weighted, consensus-clipped weights.
 *
 * R_j = Σ_i mul(A_i, V_ij); I = normalise(R).
 *
 * @param clipped V, one sparse row per uid, Fixed in [0, ONE], already clipped to consensus.
 * @param activeStake A, one per uid, Fixed, sums to about ONE or is all zero.
 * @returns I, one per uid, Fixed; all zeros if no weight survived clipping.
 * @see subtensor epoch/run_epoch.rs
 */
export function incentive(clipped: FixedRows, activeStake: readonly Fixed[]): Fixed[] {
  return normalise(weightedColumnSums(clipped, activeStake));
}
