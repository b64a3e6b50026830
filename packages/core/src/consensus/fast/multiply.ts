const LOW_LIMIT = 65_536;
const PER_LOW_LIMIT = 1 / LOW_LIMIT;

/**
 * floor(a·b / 2^32), the chain's product of two fixed-point numbers, exactly.
 *
 * Proof. With b = h·2^16 + l, 0 ≤ l < 2^16, the result is floor((a·h + a·l/2^16) / 2^16), and because a·h is an
 * integer the inner quotient may be floored first. In the range below a·h ≤ 2^53, a·l < 2^53 and the sum, at
 * most a·b/2^16, is ≤ 2^53: every operation on integers is exact, and multiplying by 2^−16 only moves the exponent.
 *
 * @param a integer in [0, 2^37].
 * @param b integer in [0, 2^32].
 * @returns integer in [0, 2^37]. Outside of the range the result means nothing.
 */
export function mulFloor(a: number, b: number): number {
  const high = Math.floor(b * PER_LOW_LIMIT);
  const low = b - high * LOW_LIMIT;
  return Math.floor((a * high + Math.floor(a * low * PER_LOW_LIMIT)) * PER_LOW_LIMIT);
}

/**
 * ceil(a·b / 2^32), what a floored product with one negative factor loses: floor(−a·b / 2^32) = −mulCeil(a, b).
 *
 * Proof. As for {@link mulFloor}, with ceilings: a·h is an integer, so the inner quotient may be raised first; the
 * sum is at most a·b/2^16 rounded up, which is still ≤ 2^53.
 *
 * @param a integer in [0, 2^37].
 * @param b integer in [0, 2^32].
 */
export function mulCeil(a: number, b: number): number {
  const high = Math.floor(b * PER_LOW_LIMIT);
  const low = b - high * LOW_LIMIT;
  return Math.ceil((a * high + Math.ceil(a * low * PER_LOW_LIMIT)) * PER_LOW_LIMIT);
}
