/** Below this doubles hold every whole number, and so every sum of the voices. */
const EXACT = 2n ** 53n;

/** Stakes as doubles: whole and exact if their sum allows, otherwise all scaled by the same power of two. */
export function voiceNumbers(stakes: readonly bigint[]): number[] {
  let shift = 0n;
  let total = stakes.reduce((sum, stake) => sum + stake, 0n);
  for (; total >= EXACT; total >>= 1n) shift += 1n;
  return stakes.map((stake) => Number(stake >> shift));
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
