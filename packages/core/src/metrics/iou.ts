import { assertWhole } from "../assert-whole.ts";
import { assertWithin } from "../assert-within.ts";
import type { Overlap } from "./overlap.ts";

/**
 * Intersection over union: |P ∧ T| / |P ∨ T|, in [0, 1].
 *
 * Both empty: `emptyUnion`, 1 unless said otherwise, because nothing found where nothing is is right.
 *
 * @param overlap counts of pixels, whole, 0 ≤ intersection ≤ union.
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see BitMind SN34, incentive mechanism, IoU.
 */
export function iou({ intersection, union }: Overlap, emptyUnion = 1): number {
  assertWhole("union", union);
  assertWhole("intersection", intersection);
  assertWithin("intersection", intersection, [0, union]);
  return union === 0 ? emptyUnion : intersection / union;
}
