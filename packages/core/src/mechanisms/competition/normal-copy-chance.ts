import { assertWhole } from "../../assert-whole.ts";
import { assertWithin } from "../../assert-within.ts";
import { normalTail } from "../../probability/normal.ts";
import { anyOf } from "./copy-chance.ts";

/**
 * Chance that at least one exact copy wins by luck, by the normal approximation: for mean rewards, whose distribution
 * is not known.
 *
 * 1 − Φ(margin / error) for one copy, 1 − (1 − that)^tries for several that are each measured anew. Under `assay` the
 * margin is at least z standard errors, so one copy wins with at most 1 − Φ(z): 0.00135 at z = 3.
 *
 * @param comparison margin: lead required, in the unit of the metric, 0 or more; error: standard error of the difference
 *   of the two figures, 0 or more (two means of n episodes with standard deviation s each: s·√(2/n)).
 * @returns in [0, 1]; 0 without error, because a tie does not win.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function normalCopyChance({
  margin,
  error,
  tries,
}: {
  margin: number;
  error: number;
  tries: number;
}): number {
  assertWithin("margin", margin, [0, Number.MAX_VALUE]);
  assertWithin("error", error, [0, Number.MAX_VALUE]);
  assertWhole("tries", tries, 1);
  return error === 0 ? 0 : anyOf(normalTail(margin / error), tries);
}
