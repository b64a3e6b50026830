import { assertWhole } from "../assert-whole.ts";
import { type ConfusionMatrix, confusionMatrix, mergeMatrices } from "./confusion-matrix.ts";

/** One challenge of a window: the true class, and the class answered or null for an invalid, late or missing answer. */
export type Answer = { readonly label: number; readonly prediction: number | null };

/** A window of answers, counted: all that a detector's reward depends on. */
export type AnswerTally = {
  /** Valid answers. */
  readonly matrix: ConfusionMatrix;
  /** Invalid ones, whole, 0 or more. */
  readonly invalid: number;
};

/**
 * Counts a window of answers.
 *
 * @param window any order; void challenges are not in it.
 * @param classes K, see {@link confusionMatrix}.
 * @throws CoreError CORE_OUT_OF_RANGE for a class outside of 0..classes − 1.
 */
export function tallyAnswers(window: readonly Answer[], classes: number): AnswerTally {
  const valid = window.filter(({ prediction }) => prediction !== null);
  const labels = valid.map(({ label }) => label);
  const predictions = valid.map(({ prediction }) => prediction ?? Number.NaN);
  return {
    matrix: confusionMatrix(labels, predictions, classes),
    invalid: window.length - valid.length,
  };
}

/** Two tallies added up: the tally of both windows together. */
export function mergeTallies(a: AnswerTally, b: AnswerTally): AnswerTally {
  return { matrix: mergeMatrices(a.matrix, b.matrix), invalid: a.invalid + b.invalid };
}

/**
 * Invalid answers as a share of all, in [0, 1]; 0 for none at all.
 *
 * @param answers valid ones.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function invalidShare(invalid: number, answers: number): number {
  assertWhole("invalid", invalid);
  return invalid === 0 ? 0 : invalid / (invalid + answers);
}
