import { CoreError } from "../errors.ts";
import { type MaskShape, type PackedMask, pixelsOf, wordsFor } from "./mask.ts";
import { popcount } from "./popcount.ts";

/** Above which confidence a pixel belongs to the mask. */
export type Threshold = {
  /** 0.5 unless said otherwise. */
  readonly threshold: number;
  /** Whether the threshold itself belongs to it; no unless said otherwise. */
  readonly isInclusive: boolean;
};

/** Why an answered mask is invalid: it has not one value per pixel, or one outside of [0, 1]. */
export type MaskFault = "shape" | "value";

const STRICTLY_ABOVE_HALF: Threshold = { threshold: 0.5, isInclusive: false };

/**
 * A mask of confidences as bits: a pixel is set iff its confidence is strictly above 0.5.
 *
 * Reads a Float32Array fastest. Truth masks of 0 and 1 are confidences too.
 *
 * @param confidences one per pixel, row by row, each in [0, 1].
 * @param shape of the picture that was asked about.
 * @param threshold another rule, for vectors and sources that carry one.
 * @returns the mask, or why it is an invalid answer: an answer is judged, never refused.
 * @throws CoreError CORE_OUT_OF_RANGE for a broken shape.
 * @see BitMind SN34, incentive mechanism, segmentation masks.
 */
export function packMask(
  confidences: ArrayLike<number>,
  { width, height }: MaskShape,
  threshold: Threshold = STRICTLY_ABOVE_HALF,
): PackedMask | MaskFault {
  const pixels = pixelsOf({ width, height });
  if (confidences.length !== pixels) return "shape";
  const words = new Uint32Array(wordsFor(pixels));
  const done = isFast(confidences, threshold) ? packFloats(confidences, words) : 0;
  const isValid = packRest(confidences, { words, from: done, ...threshold });
  return isValid ? { width, height, words, area: popcount(words) } : "value";
}

/**
 * The truth of a challenge as bits.
 *
 * @param truth 0 or 1 per pixel, row by row.
 * @throws CoreError CORE_OUT_OF_RANGE, CORE_LENGTH_MISMATCH: a broken truth is the validator's own fault.
 */
export function packTruth(truth: ArrayLike<number>, shape: MaskShape): PackedMask {
  const expected = pixelsOf(shape);
  if (truth.length !== expected)
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "truth", expected, actual: truth.length });
  const broken = Array.prototype.findIndex.call(truth, (value) => value !== 0 && value !== 1);
  const mask = broken < 0 ? packMask(truth, shape) : "value";
  if (typeof mask !== "string") return mask;
  const value = String(truth[broken]);
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "truth", value, range: "0 or 1" });
}

function isFast(
  confidences: ArrayLike<number>,
  { threshold, isInclusive }: Threshold,
): confidences is Float32Array {
  return confidences instanceof Float32Array && threshold === 0.5 && !isInclusive;
}

/** Bits of the floats 1 and 0.5; non-negative floats have the order of their bits. */
const ONE_BITS = 0x3f800000;
const HALF_BITS = 0x3f000000;
/** Added to the bits of a float in [0, 1], it carries into the sign bit iff the float is above 0.5. */
const CARRY = 0x7fffffff - HALF_BITS;

/**
 * Packs whole words of 32 floats by their bits and returns how many pixels that were.
 *
 * It stops at the first word with a float that is not plainly in [0, 1], negative zero included: {@link packRest}
 * judges those. Four pixels per turn, because one per turn takes a third longer.
 */
function packFloats(confidences: Float32Array, words: Uint32Array): number {
  const bits = new Uint32Array(confidences.buffer, confidences.byteOffset, confidences.length);
  // The signed shift tells the engine that every index fits 32 bits: a quarter faster than a division.
  const whole = bits.length >> 5;
  for (let w = 0; w < whole; w += 1) {
    let word = 0;
    for (let k = w * 32, end = k + 32; k < end; k += 4) {
      const a = bits[k] ?? 0;
      const b = bits[k + 1] ?? 0;
      const c = bits[k + 2] ?? 0;
      const d = bits[k + 3] ?? 0;
      if (a > ONE_BITS || b > ONE_BITS || c > ONE_BITS || d > ONE_BITS) return w * 32;
      word = appended(appended(appended(appended(word, a), b), c), d);
    }
    words[w] = word;
  }
  return whole * 32;
}

/** The word with one pixel more at its end: 1 if the float with these bits is above 0.5. */
function appended(word: number, bits: number): number {
  return ((word << 1) + ((bits + CARRY) >>> 31)) | 0;
}

/** Packs the pixels from `from` on, one by one; false if one of them is no confidence. */
function packRest(
  confidences: ArrayLike<number>,
  { words, from, threshold, isInclusive }: Threshold & { words: Uint32Array; from: number },
): boolean {
  for (let k = from; k < confidences.length; k += 1) {
    const value = confidences[k] ?? Number.NaN;
    if (!(value >= 0 && value <= 1)) return false;
    const bit = value > threshold || (isInclusive && value === threshold) ? 1 : 0;
    const word = k >>> 5;
    words[word] = (words[word] ?? 0) | (bit << (31 - (k & 31)));
  }
  return true;
}
