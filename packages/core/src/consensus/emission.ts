import { type Fixed, toInteger } from "./fixed.ts";
import { addEach, normalise, normaliseBy, sum } from "./vector.ts";

/** Shares of the epoch's emission, one per uid, Fixed; `server` and `validator` together sum to about ONE. */
export type EmissionShares = {
  readonly server: readonly Fixed[];
  readonly validator: readonly Fixed[];
  readonly combined: readonly Fixed[];
};

/**
 * Emission shares: servers by incentive, validators by dividends, both over the sum of all.
 *
 * Each side gets half only because both usually sum to about ONE: a side that is empty leaves everything to
 * the other. If both are empty, validators share by active stake, or by stake if none is active.
 *
 * @param earned `incentive` I, `dividends` D, `activeStake` A, `stake` S, one per uid, Fixed.
 * @see subtensor epoch/run_epoch.rs
 */
export function emissionShares(earned: {
  incentive: readonly Fixed[];
  dividends: readonly Fixed[];
  activeStake: readonly Fixed[];
  stake: readonly Fixed[];
}): EmissionShares {
  const combined = addEach(earned.incentive, earned.dividends);
  const total = sum(combined);
  const byStake = sum(earned.activeStake) === 0n ? earned.stake : earned.activeStake;
  return {
    server: normaliseBy(earned.incentive, total),
    validator: total === 0n ? byStake : normaliseBy(earned.dividends, total),
    combined: total === 0n ? byStake : normalise(combined),
  };
}

/** floor(share · rao) for each share; what the floors lose goes to nobody. */
export function amounts(shares: readonly Fixed[], rao: bigint): bigint[] {
  return shares.map((share) => toInteger(share * rao));
}
