import { assertWhole } from "../assert-whole.ts";
import { assertWithin } from "../assert-within.ts";

/** A range that holds the true value with the confidence that z stands for: 1.96 is 95 %, 3 is 99.7 %. */
export type Interval = { readonly low: number; readonly high: number };

/** Beyond so many standard errors an interval says nothing. */
export const MAX_Z = 1000;

/**
 * Wilson score interval of a success rate.
 *
 * With p = successes / trials, n = trials: (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n). Unlike the plain
 * p ± z·SE it never leaves [0, 1] and has width even if all succeeded.
 *
 * @param sample whole numbers, 0 ≤ successes ≤ trials.
 * @param z standard errors, 0 to 1000.
 * @returns [0, 1] for no trials: everything is possible.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function wilsonInterval(
  { successes, trials }: { successes: number; trials: number },
  z: number,
): Interval {
  assertWhole("trials", trials);
  assertWhole("successes", successes);
  assertWithin("successes", successes, [0, trials]);
  assertWithin("z", z, [0, MAX_Z]);
  if (trials === 0) return { low: 0, high: 1 };
  const rate = successes / trials;
  const spread = (z * z) / trials;
  const centre = (rate + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((rate * (1 - rate)) / trials + spread / (4 * trials))) / (1 + spread);
  // At the ends the formula is exactly 0 or 1, which rounding would miss.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
