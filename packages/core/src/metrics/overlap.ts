import { isSameShape, type PackedMask } from "./mask.ts";
import type { MaskFault } from "./pack-mask.ts";
import { popcountOfBoth } from "./popcount.ts";

/** Pixels of a prediction and a truth: in both, and in at least one. Tiles of one picture add up. */
export type Overlap = { readonly intersection: number; readonly union: number };

/**
 * Overlap of two masks: |P ∧ T| and |P ∨ T| = |P| + |T| − |P ∧ T|.
 *
 * @param prediction the answer, see `packMask`.
 * @param truth see `packTruth`.
 * @returns `"shape"` if the two do not cover the same picture: an invalid answer.
 */
export function maskOverlap(prediction: PackedMask, truth: PackedMask): Overlap | MaskFault {
  if (!isSameShape(prediction, truth)) return "shape";
  const intersection = popcountOfBoth(prediction.words, truth.words);
  return { intersection, union: prediction.area + truth.area - intersection };
}

/** Overlap of no pixels: where a sum over tiles begins. */
export const NO_OVERLAP: Overlap = { intersection: 0, union: 0 };

/** Overlaps of two tiles added up: the overlap of both together, in either order. */
export function mergeOverlaps(a: Overlap, b: Overlap): Overlap {
  return { intersection: a.intersection + b.intersection, union: a.union + b.union };
}
