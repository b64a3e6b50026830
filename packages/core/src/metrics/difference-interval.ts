import { assertFinite, assertWithin } from "../assert-within.ts";
import type { PairedDifference } from "./paired-difference.ts";
import { type Interval, MAX_Z } from "./wilson-interval.ts";

/**
 * Interval of a paired difference: difference ± z·error.
 *
 * Normal approximation, good from some 30 seeds on. All seeds tied means error 0 and no width: the two did the same.
 *
 * @param difference from `pairedDifference`, in the unit of the metric.
 * @param z standard errors, 0 to 1000.
 * @throws CoreError CORE_OUT_OF_RANGE for what is not finite or too large, and for a negative error.
 */
export function differenceInterval({ difference, error }: PairedDifference, z: number): Interval {
  assertFinite("difference", difference);
  assertWithin("error", error, [0, Number.MAX_VALUE]);
  assertWithin("z", z, [0, MAX_Z]);
  const [low, high] = [difference - z * error, difference + z * error];
  assertFinite("interval", high - low);
  return { low, high };
}
