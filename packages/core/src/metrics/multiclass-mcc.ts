import { assertMatrix, type ConfusionMatrix } from "./confusion-matrix.ts";
import { EXACT_ANSWERS, type Marginals, type Mcc, type MccTerms, mccOf } from "./mcc.ts";

/**
 * Multiclass Matthews correlation coefficient (Gorodkin's R_K).
 *
 * R = (c·s − Σ t_k·p_k) / √((s² − Σ p_k²)(s² − Σ t_k²)), s answers, c correct ones, t_k true and p_k predicted counts
 * of class k. In [−1, 1], 1 only for a perfect list. For two classes it equals {@link binaryMcc}.
 *
 * More than two classes: R is no ladder. When one class rules the truth and another the answers, one more correct
 * answer can lower R, because the answers become more varied faster than they become right.
 *
 * @param matrix any number of answers; numerator and both factors are exact.
 * @returns tagged `undefined`, worth 0, if only one class occurred or only one was answered (so also for no answers).
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE for a broken matrix.
 * @see BitMind SN34, incentive mechanism, multiclass MCC.
 */
export function multiclassMcc(matrix: ConfusionMatrix): Mcc {
  assertMatrix(matrix);
  const { answers, correct, labels, predictions } = marginals(matrix);
  if (answers > EXACT_ANSWERS) return largeMcc(matrix);
  const square = answers * answers;
  const numerator = correct * answers - dot(labels, predictions);
  return mccOf(numerator, square - dot(predictions, predictions), square - dot(labels, labels));
}

/** Numerator and squared denominator of {@link multiclassMcc} as exact integers. */
export function multiclassMccTerms(matrix: ConfusionMatrix): MccTerms {
  const { numerator, left, right } = exactParts(matrix);
  return { numerator, denominatorSquared: left * right };
}

/** s, c, t_k and p_k of a matrix. */
export function marginals({ classes, counts }: ConfusionMatrix): Marginals {
  const labels = zeros(classes);
  const predictions = zeros(classes);
  let correct = 0;
  for (let label = 0; label < classes; label += 1)
    for (let prediction = 0; prediction < classes; prediction += 1) {
      const count = counts[label * classes + prediction] ?? 0;
      labels[label] = (labels[label] ?? 0) + count;
      predictions[prediction] = (predictions[prediction] ?? 0) + count;
      if (label === prediction) correct += count;
    }
  return { answers: labels.reduce((sum, count) => sum + count, 0), correct, labels, predictions };
}

function largeMcc(matrix: ConfusionMatrix): Mcc {
  const { numerator, left, right } = exactParts(matrix);
  return mccOf(Number(numerator), Number(left), Number(right));
}

function exactParts(matrix: ConfusionMatrix): { numerator: bigint; left: bigint; right: bigint } {
  const { answers, correct, labels, predictions } = marginals(matrix);
  const square = BigInt(answers) * BigInt(answers);
  return {
    numerator: BigInt(correct) * BigInt(answers) - exactDot(labels, predictions),
    left: square - exactDot(predictions, predictions),
    right: square - exactDot(labels, labels),
  };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function exactDot(a: readonly number[], b: readonly number[]): bigint {
  return a.reduce((sum, value, index) => sum + BigInt(value) * BigInt(b[index] ?? 0), 0n);
}
