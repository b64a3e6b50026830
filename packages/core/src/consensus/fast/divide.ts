const ONE = 4_294_967_296;

/**
 * floor(a·2^32 / b), the chain's quotient of two fixed-point numbers of which the first is not the larger, exactly.
 *
 * Proof. Let t = a·2^32 / b ≤ 2^32. The estimate x is t with a / b rounded, so |x − t| ≤ t·2^−53 ≤ 2^−21. Rounding
 * cannot pass a number that is a double itself, as every integer in reach divided by 2^32 is: x may land on an
 * integer but not cross one, and an x between two integers has the floor of t. An x that is an integer leaves the
 * remainder r = a·2^32 − x·b with |r| ≤ b·2^−21 < 2^31. As r ≡ −x·b modulo 2^32, the signed 32-bit product of x and
 * b is exactly −r, and its sign says whether x is the floor or one too large.
 *
 * @param a integer in [0, b].
 * @param b integer in [1, 2^52).
 * @returns integer in [0, 2^32]. Outside of the range the result means nothing.
 */
export function divFloor(a: number, b: number): number {
  const estimate = (a / b) * ONE;
  const floor = Math.floor(estimate);
  if (floor < estimate) return floor;
  return Math.imul(floor, b) > 0 ? floor - 1 : floor;
}
