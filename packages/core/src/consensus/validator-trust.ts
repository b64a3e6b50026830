import type { Fixed } from "./fixed.ts";
import { rowSums } from "./rows.ts";
import type { FixedRows } from "./types.ts";

/**
 * Validator trust: how much of a validator's weight lies within consensus.
 *
 * T_i = Σ_j V_ij. Only weight above consensus is lost.
 *
 * @param clipped V, one sparse row per uid, Fixed in [0, ONE].
 * @returns T, one per uid, Fixed in [0, about ONE]; 0 without weights.
 * @see subtensor epoch/run_epoch.rs
 */
export function validatorTrust(clipped: FixedRows): Fixed[] {
  return rowSums(clipped);
}
