import { add, clamp, div, type Fixed, fromInteger, mul, ONE, prop, toInteger, U16_MAX } from "./fixed.ts";
import { normalise } from "./vector.ts";

const FIXED_U16_MAX = fromInteger(U16_MAX);
const SMALL_MAXIMUM = fromInteger(32_768);

/**
 * Weights as the chain stores them: scaled so that the largest is 65535.
 *
 * With the largest m > 32768: round(x · (65535 / m)), the quotient first; otherwise round(x · 65535 / m). Halves
 * round up. All zero stays all zero, an empty list stays empty.
 *
 * @param values Fixed, not negative.
 * @returns u16, one per value.
 * @see subtensor epoch/math.rs
 */
export function maxUpscale(values: readonly Fixed[]): number[] {
  const largest = values.reduce((a, b) => (b > a ? b : a), 0n);
  if (largest === 0n) return values.map(() => 0);
  const factor = div(FIXED_U16_MAX, largest);
  const scale = (value: Fixed) =>
    largest > SMALL_MAXIMUM ? mul(value, factor) : div(mul(value, FIXED_U16_MAX), largest);
  return values.map((value) => roundToU16(scale(value)));
}

/** {@link maxUpscale} for whole u16 weights, as `set_weights` applies it. */
export function maxUpscaleU16(values: readonly number[]): number[] {
  return maxUpscale(values.map(fromInteger));
}

/**
 * Whether no weight is more than `maxLimit` (u16 proportion) of the sum of all; true for none.
 *
 * @see subtensor epoch/math.rs
 */
export function isMaxLimited(values: readonly number[], maxLimit: number): boolean {
  return normalise(values.map(fromInteger)).every((share) => share <= prop(maxLimit));
}

function roundToU16(x: Fixed): number {
  return Number(clamp(toInteger(add(x, ONE / 2n)), 0n, BigInt(U16_MAX)));
}
