const ONE = 4_294_967_296;
/** 2^−20: wider than the error of the estimated quotient, see the proof. */
const NEAR = 9.5367431640625e-7;

/**
 * floor(a·2^32 / b), the chain's quotient of two fixed-point numbers of which the first is not the larger, exactly.
 *
 * Proof. Let t = a·2^32 / b ≤ 2^32. The estimate x errs only where a / b is rounded, by at most t·2^−53 ≤ 2^−21.
 * If x is at least 2^−20 away from both neighbouring integers, t lies between the same two, and floor(x) = floor(t).
 * Otherwise let m be the integer nearest to x: |t − m| < 2^−20 + 2^−21, so the remainder r = a·2^32 − m·b has
 * |r| < b·2^−20·1.5 < 2^31. As r ≡ −m·b modulo 2^32, the signed 32-bit product of m and b is exactly −r, and its
 * sign says whether m is the floor or one too large.
 *
 * @param a integer in [0, b].
 * @param b integer in [1, 2^50].
 * @returns integer in [0, 2^32]. Outside of the range the result means nothing.
 */
export function divFloor(a: number, b: number): number {
  const estimate = (a / b) * ONE;
  const floor = Math.floor(estimate);
  const fraction = estimate - floor;
  if (fraction > NEAR && fraction < 1 - NEAR) return floor;
  const nearest = fraction > 0.5 ? floor + 1 : floor;
  return Math.imul(nearest, b) > 0 ? nearest - 1 : nearest;
}
