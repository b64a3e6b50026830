import type { Fixed } from "./fixed.ts";
import { normalise } from "./vector.ts";

/**
 * Active stake: the stake of validators that are active and permitted, as shares of their sum.
 *
 * A_i = S_i if active_i and permit_i, else 0; normalised.
 *
 * @param stake S, one per uid, Fixed.
 * @param masks `active` has one entry per entry of LastUpdate: missing entries count as inactive, extra ones
 *   are passed over, and an entirely empty mask hides nobody. `permits` are those in force, one per uid.
 * @returns A, one per uid, Fixed; sums to about ONE or is all zero.
 * @see subtensor epoch/run_epoch.rs
 */
export function activeStake(
  stake: readonly Fixed[],
  masks: { active: readonly boolean[]; permits: readonly boolean[] },
): Fixed[] {
  const isActive = (uid: number) => masks.active.length === 0 || masks.active[uid] === true;
  return normalise(stake.map((share, uid) => (isActive(uid) && masks.permits[uid] ? share : 0n)));
}

/** What the chain logs, and passes over, when the activity mask does not fit the number of neurons. */
export function activeMaskErrors(active: readonly boolean[], n: number): string[] {
  if (active.length === n) return [];
  return [`ERROR math error: inplace_mask_vector input lengths are not equal: ${active.length} != ${n}`];
}
