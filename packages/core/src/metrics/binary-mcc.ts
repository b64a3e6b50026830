import { assertMatrix, type ConfusionMatrix } from "./confusion-matrix.ts";
import { EXACT_ANSWERS, type Mcc, type MccTerms, mccOf } from "./mcc.ts";

/** True and false positives and negatives, whole numbers. */
export type BinaryCounts = {
  readonly tp: number;
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
};

/**
 * Binary Matthews correlation coefficient of a matrix whose classes above 0 count as positive.
 *
 * MCC = (TP·TN − FP·FN) / √((TP+FP)(TN+FN)(TP+FN)(TN+FP)). In [−1, 1]. Turning a wrong answer into a right one never
 * lowers what it is worth.
 *
 * @param matrix two or more classes, any number of answers; class 0 is negative (real), all others positive.
 * @returns tagged `undefined`, worth 0, if only one side occurred or only one was answered (so also for no answers).
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE for a broken matrix.
 * @see BitMind SN34, incentive mechanism, binary MCC.
 */
export function binaryMcc(matrix: ConfusionMatrix): Mcc {
  const { tp, tn, fp, fn } = binaryCounts(matrix);
  if (tp + tn + fp + fn > EXACT_ANSWERS) return largeMcc({ tp, tn, fp, fn });
  return mccOf(tp * tn - fp * fn, (tp + fp) * (tn + fn), (tp + fn) * (tn + fp));
}

/** Numerator and squared denominator of {@link binaryMcc} as exact integers. */
export function binaryMccTerms(matrix: ConfusionMatrix): MccTerms {
  const { numerator, left, right } = exactParts(binaryCounts(matrix));
  return { numerator, denominatorSquared: left * right };
}

/** The four counts of a matrix whose classes above 0 count as positive. */
export function binaryCounts(matrix: ConfusionMatrix): BinaryCounts {
  assertMatrix(matrix);
  const { classes, counts } = matrix;
  let [tp, fp, fn] = [0, 0, 0];
  for (const [cell, count] of counts.entries()) {
    if (cell === 0) continue;
    if (cell < classes) fp += count;
    else if (cell % classes === 0) fn += count;
    else tp += count;
  }
  return { tp, tn: counts[0] ?? 0, fp, fn };
}

/** The 2 × 2 matrix of four counts. */
export function binaryMatrix({ tp, tn, fp, fn }: BinaryCounts): ConfusionMatrix {
  return { classes: 2, counts: [tn, fp, fn, tp] };
}

function largeMcc(counts: BinaryCounts): Mcc {
  const { numerator, left, right } = exactParts(counts);
  return mccOf(Number(numerator), Number(left), Number(right));
}

function exactParts(counts: BinaryCounts): { numerator: bigint; left: bigint; right: bigint } {
  const [tp, tn] = [BigInt(counts.tp), BigInt(counts.tn)];
  const [fp, fn] = [BigInt(counts.fp), BigInt(counts.fn)];
  return {
    numerator: tp * tn - fp * fn,
    left: (tp + fp) * (tn + fn),
    right: (tp + fn) * (tn + fp),
  };
}
