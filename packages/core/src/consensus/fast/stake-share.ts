import { divFloor } from "./divide.ts";

const ONE = 4_294_967_296;
/** 2^−18: wider than the error of the estimated quotient, see the proof. */
const NEAR = 3.814697265625e-6;
/** 2^52, below which the division of doubles is proven. */
const DIVISIBLE = 4_503_599_627_370_496;

/** What {@link stakeShare} returns when doubles cannot tell; BigInt has to divide. */
export const UNDECIDED = -1;

/**
 * floor(x·2^32 / total) of whole amounts of any size, given as their nearest doubles: one holder's share of all.
 *
 * Proof. The chain cuts the lower half off a quotient with 64 fractional bits, which is flooring once at 32. A total
 * below 2^52 and its part are exact, and `divFloor` divides them. Otherwise x, the total and their quotient are
 * rounded once each, so the estimate errs by less than 2^32·2^−51 = 2^−19: at least 2^−18 away from both
 * neighbouring integers its floor is the result.
 *
 * @param part integer in [0, whole].
 * @param whole integer ≥ 1.
 * @returns integer in [0, 2^32], raw bits, or UNDECIDED.
 */
export function stakeShare(part: number, whole: number): number {
  if (part === 0) return 0;
  if (whole < DIVISIBLE) return divFloor(part, whole);
  const estimate = (part / whole) * ONE;
  const floor = Math.floor(estimate);
  const fraction = estimate - floor;
  return fraction > NEAR && fraction < 1 - NEAR ? floor : UNDECIDED;
}
