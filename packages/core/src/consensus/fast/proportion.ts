const U16_MAX = 65_535;
const PER_ONE = 1 / 4_294_967_296;

/**
 * A u16 proportion as raw bits: floor(v·2^32 / 65535).
 *
 * Proof. 2^32 = 65535·65537 + 1, so v·2^32 / 65535 = v·65537 + v / 65535, and the last part is below 1 but for
 * v = 65535.
 *
 * @param v integer in [0, 65535].
 */
export function proportionBits(v: number): number {
  return v * 65_537 + (v === U16_MAX ? 1 : 0);
}

/**
 * Raw bits as a u16 proportion: floor(x·65535 / 2^32), at most 65535.
 *
 * Proof. The chain floors twice, at 2^−32 and at 1; flooring an already floored number again at a coarser step is
 * flooring once. x·65535 < 2^53 is exact, multiplying by 2^−32 only moves the exponent, and the shift cuts off the fraction.
 *
 * @param x integer in [0, 2^37].
 */
export function toU16(x: number): number {
  const proportion = (x * U16_MAX * PER_ONE) >>> 0;
  return proportion < U16_MAX ? proportion : U16_MAX;
}
