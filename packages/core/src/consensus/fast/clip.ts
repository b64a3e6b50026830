/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import type { Sparse } from "./sparse.ts";

/**
 * V of `clip` into `clipped`, in the order of W: a positive weight on a miner without consensus goes, a zero stays.
 *
 * @param weights W, values in [0, 2^32], raw bits.
 */
export function clipRows(
  weights: Sparse,
  { consensus, clipped }: { consensus: Float64Array; clipped: Sparse },
): void {
  const { start, uid, value } = weights;
  const n = consensus.length;
  let end = 0;
  for (let i = 0; i < n; i += 1) {
    clipped.start[i] = end;
    for (let k = start[i]!; k < start[i + 1]!; k += 1) {
      const level = consensus[uid[k]!]!;
      if (level === 0 && value[k]! > 0) continue;
      clipped.uid[end] = uid[k]!;
      clipped.value[end] = lesser(value[k]!, level);
      end += 1;
    }
  }
  clipped.start[n] = end;
}

/**
 * min(a, b) without a branch, because which of the two it is cannot be predicted: a + b − |a − b| is twice the
 * lesser, exact for integers up to 2^51.
 */
function lesser(a: number, b: number): number {
  return (a + b - Math.abs(a - b)) * 0.5;
}
