import type { OlderBonds } from "./bonds-older.ts";
import type { Yuma3Bonds } from "./bonds-yuma3.ts";
import type { Fixed } from "./fixed.ts";
import { dotRows } from "./rows.ts";
import { mulEach, normalise } from "./vector.ts";

/**
 * Dividends: each validator's share of the incentive its bonds are in.
 *
 * Older path: D_i = Σ_j mul(I_j, E_ij), normalised. Yuma3: D_i = mul(x_i, A_i), normalised, so that stake counts
 * once, at the end.
 *
 * @param bonds the bonds of this epoch.
 * @param holders `incentive` I and `activeStake` A, one per uid, Fixed.
 * @returns D, one per uid, Fixed; all zeros if no bond earned incentive.
 * @see subtensor epoch/run_epoch.rs
 */
export function dividends(
  bonds: OlderBonds | Yuma3Bonds,
  holders: { incentive: readonly Fixed[]; activeStake: readonly Fixed[] },
): Fixed[] {
  if (bonds.path === "older") return normalise(dotRows(bonds.average, holders.incentive));
  return normalise(mulEach(bonds.totals, holders.activeStake));
}
