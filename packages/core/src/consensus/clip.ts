import type { Fixed } from "./fixed.ts";
import { filterRows, mapRows } from "./rows.ts";
import type { FixedRows } from "./types.ts";
import { at } from "./vector.ts";

/**
 * Clipped weights: no weight counts above consensus.
 *
 * V_ij = min(W_ij, C_j). A positive weight on a miner without consensus disappears; an explicit zero stays.
 *
 * @param weights W, one sparse row per uid, Fixed in [0, ONE].
 * @param consensus C, one per uid, Fixed in [0, ONE].
 * @see subtensor epoch/math.rs
 */
export function clip(weights: FixedRows, consensus: readonly Fixed[]): FixedRows {
  const supported = filterRows(weights, (_, j, weight) => at(consensus, j) > 0n || weight === 0n);
  return mapRows(supported, (weight, _, j) => (at(consensus, j) < weight ? at(consensus, j) : weight));
}
