import { assertWhole } from "../assert-whole.ts";
import { assertWithin } from "../assert-within.ts";
import { CoreError } from "../errors.ts";

/** How often each true class was answered with each class. Plain numbers, so that it can be stored and added up. */
export type ConfusionMatrix = {
  /** K, 2 or more. */
  readonly classes: number;
  /** K·K whole numbers, row by row: `counts[label * classes + prediction]`. */
  readonly counts: readonly number[];
};

/** One answer: the true class and the class that was answered. */
export type Labelled = { readonly label: number; readonly prediction: number };

/** Class ids fit one byte. */
const MAX_CLASSES = 256;

/**
 * The confusion matrix of a list of answers.
 *
 * @param labels true classes, whole numbers in 0..classes − 1; a Uint8Array is read as it is, which is fastest.
 * @param predictions the classes answered, in the same order and range.
 * @param classes K, 2 to 256. BitMind: 3 (0 real, 1 synthetic, 2 semi-synthetic).
 * @returns all zeros for no answers.
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): ConfusionMatrix {
  assertClasses(classes);
  if (labels.length !== predictions.length) throw mismatch(labels.length, predictions.length);
  const counts = tally(asBytes("label", labels), asBytes("prediction", predictions), classes);
  return { classes, counts: Array.from(counts) };
}

/**
 * The matrix with one answer more, or fewer when it leaves a window: the other way to keep a count up to date.
 *
 * @param times how often it is added; −1 takes it away.
 * @throws CoreError CORE_OUT_OF_RANGE for an unknown class or an answer that was not there to be taken away.
 */
export function withAnswer(
  { classes, counts }: ConfusionMatrix,
  { label, prediction }: Labelled,
  times = 1,
): ConfusionMatrix {
  assertClass("label", label, classes);
  assertClass("prediction", prediction, classes);
  const cell = label * classes + prediction;
  const count = (counts[cell] ?? 0) + times;
  assertWhole("count", count);
  return { classes, counts: counts.with(cell, count) };
}

/**
 * Two matrices added up: the matrix of both lists of answers, one after the other, in either order.
 *
 * @throws CoreError CORE_LENGTH_MISMATCH for different numbers of classes.
 */
export function mergeMatrices(a: ConfusionMatrix, b: ConfusionMatrix): ConfusionMatrix {
  if (a.classes !== b.classes) {
    const [expected, actual] = [a.classes, b.classes];
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "classes", expected, actual });
  }
  return { classes: a.classes, counts: a.counts.map((count, cell) => count + (b.counts[cell] ?? 0)) };
}

/** The matrix of no answers. */
export function emptyMatrix(classes: number): ConfusionMatrix {
  assertClasses(classes);
  return { classes, counts: Array.from({ length: classes * classes }, () => 0) };
}

/** Refuses a matrix whose counts are not K·K whole numbers, 0 or more: CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE. */
export function assertMatrix({ classes, counts }: ConfusionMatrix): void {
  assertClasses(classes);
  const [expected, actual] = [classes * classes, counts.length];
  if (expected !== actual)
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "counts", expected, actual });
  for (const count of counts) assertWhole("count", count);
}

/** The hot loop. The largest class seen is judged afterwards: a comparison each would take half as long again. */
function tally(labels: Uint8Array, predictions: Uint8Array, classes: number): Uint32Array {
  const counts = new Uint32Array(classes * classes);
  let largest = 0;
  for (let i = 0; i < labels.length; i += 1) {
    const label = labels[i] ?? 0;
    const prediction = predictions[i] ?? 0;
    largest = Math.max(largest, label, prediction);
    const cell = label * classes + prediction;
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  if (largest >= classes) throw outOfClasses("class", largest, classes);
  return counts;
}

function asBytes(name: string, values: ArrayLike<number>): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const bytes = Uint8Array.from(values);
  const broken = bytes.findIndex((byte, index) => byte !== values[index]);
  if (broken >= 0) throw outOfClasses(name, values[broken] ?? Number.NaN, MAX_CLASSES);
  return bytes;
}

function assertClasses(classes: number): void {
  assertWhole("classes", classes, 2);
  assertWithin("classes", classes, [2, MAX_CLASSES]);
}

function assertClass(name: string, value: number, classes: number): void {
  assertWhole(name, value);
  assertWithin(name, value, [0, classes - 1]);
}

function outOfClasses(name: string, value: number, classes: number): CoreError {
  const range = `whole, 0..${classes - 1}`;
  return new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range });
}

function mismatch(expected: number, actual: number): CoreError {
  return new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "predictions", expected, actual });
}
