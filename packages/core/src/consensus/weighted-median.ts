import { add, type Fixed, sub } from "./fixed.ts";
import { at, sum } from "./vector.ts";

/** Scores with the stake behind each, same length, Fixed; and the stake that may lie below the median. */
export type MedianInput = {
  readonly stake: readonly Fixed[];
  readonly score: readonly Fixed[];
  readonly minority: Fixed;
};

/** A segment of the stake, laid out by ascending score, that still holds the median. */
type Partition = { readonly indexes: readonly number[]; readonly low: Fixed; readonly high: Fixed };

/**
 * Stake-weighted median: the largest score with at most `minority` of the stake strictly below it.
 *
 * A binary search with the middle element as pivot. Comparisons: below the pivot if minority < low + lower
 * stake, above it if high − upper stake ≤ minority, else the pivot itself.
 *
 * @returns Fixed; 0 for no scores.
 * @see subtensor epoch/math.rs
 */
export function weightedMedian(input: MedianInput): Fixed {
  const all = input.score.map((_, index) => index);
  let partition: Partition = { indexes: all, low: 0n, high: sum(input.stake) };
  // Every narrowing drops at least the pivot, so this many rounds always suffice.
  for (let round = 0; round <= all.length; round += 1) {
    const narrowed = narrow(input, partition);
    if (typeof narrowed === "bigint") return narrowed;
    partition = narrowed;
  }
  return 0n;
}

function narrow(input: MedianInput, { indexes, low, high }: Partition): Partition | Fixed {
  const pivot = at(input.score, indexes[indexes.length >> 1] ?? -1);
  const lower = indexes.filter((index) => at(input.score, index) < pivot);
  const upper = indexes.filter((index) => at(input.score, index) > pivot);
  const lowerEdge = add(low, stakeOf(input, lower));
  const upperEdge = sub(high, stakeOf(input, upper));
  if (input.minority < lowerEdge && lower.length > 0) return { indexes: lower, low, high: lowerEdge };
  if (upperEdge <= input.minority && upper.length > 0) return { indexes: upper, low: upperEdge, high };
  return pivot;
}

function stakeOf(input: MedianInput, indexes: readonly number[]): Fixed {
  return sum(indexes.map((index) => at(input.stake, index)));
}
