import { assertWhole } from "../assert-whole.ts";

/** Challenges a miner's reward looks back on: the 200 most recent. */
export const WINDOW_SIZE = 200;

/**
 * A sliding window moved on by one item: the newest is added at the end, the oldest beyond `size` leaves.
 *
 * Void items (a validator's own fault) never enter. Under `assay` invalid answers do, so that skipping hard challenges
 * costs as much as failing them.
 *
 * @param window oldest first; one that is too long, from a larger size before, is cut to the newest.
 * @param size 1 or more.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function slide<Item>(window: readonly Item[], item: Item, size: number = WINDOW_SIZE): Item[] {
  assertWhole("size", size, 1);
  return [...window, item].slice(-size);
}
