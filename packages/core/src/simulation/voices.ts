/** What each vote weighs: exactly, and as a double of the total for speed. */
export type Voices = { readonly exact: readonly bigint[]; readonly shares: readonly number[] };

/** Weights, not all zero, as voices. */
export function voicesOf(exact: readonly bigint[]): Voices {
  const total = Number(exact.reduce((sum, weight) => sum + weight, 0n));
  return { exact, shares: exact.map((weight) => Number(weight) / total) };
}

/** Further from one half than this, rounding cannot have moved a sum of shares across it. */
const CLOSE = 1e-9;

/** Whether the votes picked hold half of the weight or more; half exactly is decided exactly. */
export function isHalf({ exact, shares }: Voices, isPicked: (index: number) => boolean): boolean {
  let sum = 0;
  for (let index = 0; index < shares.length; index += 1) if (isPicked(index)) sum += shares[index] ?? 0;
  if (Math.abs(sum - 0.5) > CLOSE) return sum > 0.5;
  const signed = exact.reduce(
    (difference, weight, index) => difference + (isPicked(index) ? weight : -weight),
    0n,
  );
  return signed >= 0n;
}

/**
 * What is left of each of `count` equal votes, ascending, when a share of all is cut off at either end.
 *
 * @returns the weights; the size of a tail; the first and the last position with any weight.
 */
export function tailWeights(
  count: number,
  share: number,
): { weights: number[]; tail: number; first: number; last: number } {
  const tail = share * count;
  const inside = (position: number) => Math.min(position + 1, count - tail) - Math.max(position, tail);
  const weights = Array.from({ length: count }, (_, position) => Math.max(0, inside(position)));
  const first = weights.findIndex((weight) => weight > 0);
  return { weights, tail, first, last: count - 1 - first };
}
