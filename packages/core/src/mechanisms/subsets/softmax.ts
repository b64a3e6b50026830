/** e⁻¹, the double nearest to it. */
const INVERSE_E = 0.36787944117144233;

/** Parts that a weight of 1 has, so that a softmax can be divided exactly. */
const PARTS = 2 ** 52;

/**
 * Softmax of whole points at temperature 1, relative to the best: w_i = e^(points_i − max points), in parts of 2^-52.
 *
 * By multiplication only, so that every machine gets the same digits. The best has 2^52; who is 37 points behind or more
 * has nothing. With no points at all everybody has the same.
 *
 * @param points whole, not negative.
 * @returns one part per entry; empty for none.
 */
export function softmaxParts(points: readonly number[]): bigint[] {
  const most = points.reduce((a, b) => Math.max(a, b), 0);
  return points.map((value) => BigInt(Math.round(PARTS * inverseExponential(most - value))));
}

/** e^-n by squaring, n whole and not negative. */
function inverseExponential(n: number): number {
  if (n === 0) return 1;
  const half = inverseExponential(Math.floor(n / 2));
  return half * half * (n % 2 === 1 ? INVERSE_E : 1);
}
