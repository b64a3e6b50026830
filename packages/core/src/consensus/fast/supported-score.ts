/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */

/** Some votes: a part of two parallel arrays, which is overwritten while it is searched. */
export type Votes = {
  readonly stake: Float64Array;
  readonly score: Float64Array;
  readonly from: number;
  readonly to: number;
};

/** Where votes lie in the stake of all voters, laid out by ascending score; and the stake that may lie below. */
export type StakeSegment = { readonly low: number; readonly high: number; readonly minority: number };

/**
 * The stake-weighted median of positive stakes, as `weightedMedian` states it.
 *
 * Every score takes up a segment of the stake. The median is the score whose segment [low, high) holds `minority`,
 * the lowest if `minority` lies below all of them, the highest if at or beyond the end. No segment is empty, so the
 * reference's search ends there whatever its pivots, and the order of the votes does not matter.
 *
 * Two passes without branches per pivot, since which side a vote is on cannot be predicted: one adds up the stake
 * on both sides, one moves the votes of the side that holds the median to the front.
 *
 * @param votes at least one; every stake an integer ≥ 1, all of it below 2^53.
 * @param segment low = high − the stake of these votes.
 */
export function supportedScore({ stake, score, from, to }: Votes, segment: StakeSegment): number {
  const { minority } = segment;
  let { low, high } = segment;
  let end = to;
  for (;;) {
    const pivot = score[(from + end) >> 1]!;
    let lower = 0;
    let upper = 0;
    for (let k = from; k < end; k += 1) {
      lower += stake[k]! * Number(score[k]! < pivot);
      upper += stake[k]! * Number(score[k]! > pivot);
    }
    let kept = from;
    if (minority < low + lower && lower > 0) {
      high = low + lower;
      for (let k = from; k < end; k += 1) {
        const isLower = score[k]! < pivot;
        stake[kept] = stake[k]!;
        score[kept] = score[k]!;
        kept += Number(isLower);
      }
    } else if (high - upper <= minority && upper > 0) {
      low = high - upper;
      for (let k = from; k < end; k += 1) {
        const isUpper = score[k]! > pivot;
        stake[kept] = stake[k]!;
        score[kept] = score[k]!;
        kept += Number(isUpper);
      }
    } else return pivot;
    end = kept;
  }
}
