/**
 * A real number as raw bits of I32F32: a signed 64-bit integer, 32 of its bits fractional.
 * The real value is bits / 2^32; every operation saturates to [-2^63, 2^63 - 1].
 */
export type Fixed = bigint;

const FRACTION_BITS = 32n;

/** The number 1. */
export const ONE: Fixed = 1n << FRACTION_BITS;

/** The largest u16, which stands for the proportion 1. */
export const U16_MAX = 65535;

const MAX: Fixed = (1n << 63n) - 1n;
const MIN: Fixed = -(1n << 63n);
const FIXED_U16_MAX = fromInteger(U16_MAX);

/** The integer as Fixed, saturating. */
export function fromInteger(value: number | bigint): Fixed {
  return saturate(BigInt(value) << FRACTION_BITS);
}

/** x limited to what 64 bits hold. */
export function saturate(x: bigint): Fixed {
  return clamp(x, MIN, MAX);
}

/** x limited to [low, high]; `low` wins if the two cross. */
export function clamp(x: Fixed, low: Fixed, high: Fixed): Fixed {
  if (x < low) return low;
  return x > high ? high : x;
}

/** a + b, saturating. */
export function add(a: Fixed, b: Fixed): Fixed {
  return saturate(a + b);
}

/** a − b, saturating. */
export function sub(a: Fixed, b: Fixed): Fixed {
  return saturate(a - b);
}

/** floor(a·b / 2^32): negative results round down. */
export function mul(a: Fixed, b: Fixed): Fixed {
  return saturate((a * b) >> FRACTION_BITS);
}

/** trunc(a·2^32 / b) toward zero; 0 if b is 0 or the quotient does not fit. */
export function div(a: Fixed, b: Fixed): Fixed {
  if (b === 0n) return 0n;
  const quotient = (a << FRACTION_BITS) / b;
  return quotient > MAX || quotient < MIN ? 0n : quotient;
}

/** As {@link div}, but a quotient that does not fit saturates. For divisors that are never 0. */
export function sdiv(a: Fixed, b: Fixed): Fixed {
  return saturate((a << FRACTION_BITS) / b);
}

/** The u16 proportion v / 65535 as Fixed in [0, ONE]. */
export function prop(v: number): Fixed {
  return div(fromInteger(v), FIXED_U16_MAX);
}

/** x as a u16 proportion: floor(x · 65535), clamped to 0..65535. */
export function q16(x: Fixed): number {
  return Number(clamp(mul(x, FIXED_U16_MAX) >> FRACTION_BITS, 0n, BigInt(U16_MAX)));
}

/** floor(x) as a whole number; negative becomes 0. */
export function toInteger(x: Fixed): bigint {
  return x < 0n ? 0n : x >> FRACTION_BITS;
}

/**
 * The double nearest to which Fixed, ties to even. Only for constants and parameters that the chain itself
 * writes as decimals; no result of the epoch passes through a double.
 */
export function fromFloat(value: number): Fixed {
  const scaled = value * 2 ** 32;
  const low = Math.floor(scaled);
  const above = scaled - low;
  const up = above > 0.5 || (above === 0.5 && low % 2 !== 0);
  return saturate(BigInt(low) + (up ? 1n : 0n));
}
