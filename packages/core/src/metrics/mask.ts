import { CoreError } from "../errors.ts";
import { popcount } from "./popcount.ts";

/** Width and height in pixels, whole, 1 or more. */
export type MaskShape = { readonly width: number; readonly height: number };

/**
 * A mask of one bit per pixel.
 *
 * Pixels row by row; pixel k is bit 31 − (k mod 32) of `words[floor(k / 32)]`, so that a word written in binary reads
 * like the picture. Bits behind the last pixel are 0. Made by `packMask` or {@link packedMask}.
 */
export type PackedMask = MaskShape & {
  readonly words: Uint32Array;
  /** Pixels that are set. */
  readonly area: number;
};

/**
 * A mask from words that are packed already.
 *
 * @param words ceil(width·height / 32), as {@link PackedMask} says; kept, not copied.
 * @throws CoreError CORE_LENGTH_MISMATCH for another number of words, CORE_OUT_OF_RANGE for a broken shape or for bits
 *   behind the last pixel.
 */
export function packedMask(words: Uint32Array, { width, height }: MaskShape): PackedMask {
  const pixels = pixelsOf({ width, height });
  const [expected, actual] = [wordsFor(pixels), words.length];
  if (expected !== actual)
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "words", expected, actual });
  const spare = expected * 32 - pixels;
  const tail = (words[expected - 1] ?? 0) % 2 ** spare;
  if (tail !== 0) {
    const range = `${spare} zero bits behind the last pixel`;
    throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "words", value: String(tail), range });
  }
  return { width, height, words, area: popcount(words) };
}

/** Whether two masks cover the same picture. */
export function isSameShape(a: MaskShape, b: MaskShape): boolean {
  return a.width === b.width && a.height === b.height;
}

/** Words it takes for so many pixels. */
export function wordsFor(pixels: number): number {
  return Math.ceil(pixels / 32);
}

/** Pixels of a shape; CORE_OUT_OF_RANGE unless both sides are whole and 1 or more. */
export function pixelsOf({ width, height }: MaskShape): number {
  const pixels = width * height;
  if (Number.isInteger(width) && Number.isSafeInteger(pixels) && width >= 1 && height >= 1) return pixels;
  const [value, range] = [`${width} x ${height}`, "whole, 1 x 1 or more"];
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "shape", value, range });
}
