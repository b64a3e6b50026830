import { assertWhole } from "../../assert-whole.ts";
import { assertWithin } from "../../assert-within.ts";
import { U16_MAX } from "../../consensus/fixed.ts";
import { CoreError } from "../../errors.ts";
import type { Floats } from "./floats.ts";
import { assertWeights, normalizeMaxWeight } from "./normalize-max-weight.ts";

/** What the SDK reads from the chain, and what its caller excludes. */
export type SubnetLimits = {
  /** n: uids of the subnet, whole, 1 or more. */
  readonly numNeurons: number;
  readonly minAllowedWeights: number;
  /** In (0, 1], see {@link normalizeMaxWeight}. */
  readonly maxWeightLimit: number;
  /** u16 proportion of the positive weights to leave out, lowest first. */
  readonly excludeQuantile: number;
};

/** Uids and their weights, position by position. */
export type ProcessedWeights = { readonly uids: readonly number[]; readonly weights: Floats };

/** What the SDK gives everybody who has no weight when too few have some. */
const FILL = 1e-5;

/**
 * The SDK's `process_weights`, its faults included: what a Python validator sends for the same scores.
 *
 * No positive weight, or n < minimum: 1/n for every uid. Fewer positive than the minimum: 1e-5 for every uid plus the
 * weights given, by array position and not by uid, then {@link normalizeMaxWeight}. Otherwise the weights below the lower
 * quantile (linear, at most as many as leave the minimum) are left out and the others normalised, in float32.
 *
 * Assay never does the first two: both pay miners that nobody chose.
 *
 * @param uids whole, one per weight.
 * @param weights 0 or more, finite; taken as float32, as the SDK does. At most n where the second case applies.
 * @throws CoreError CORE_EMPTY, CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 * @see opentensor/bittensor 10.2.0, weight_utils.
 */
export function processWeights(
  { uids, weights }: { uids: readonly number[]; weights: readonly number[] },
  limits: SubnetLimits,
): ProcessedWeights {
  assertRow(uids, weights);
  assertLimits(limits);
  const { numNeurons, minAllowedWeights, maxWeightLimit } = limits;
  const given = Float32Array.from(weights);
  const positive = given.filter((weight) => weight > 0);
  const everybody = Array.from({ length: numNeurons }, (_, uid) => uid);
  if (positive.length === 0 || numNeurons < minAllowedWeights)
    return { uids: everybody, weights: new Float64Array(numNeurons).fill(1 / numNeurons) };
  if (positive.length < minAllowedWeights) {
    const filled = new Float64Array(numNeurons).map((_, position) => FILL + (given[position] ?? 0));
    return { uids: everybody, weights: normalizeMaxWeight(filled, maxWeightLimit) };
  }
  return aboveQuantile({ uids, given, positive }, limits);
}

function aboveQuantile(
  { uids, given, positive }: { uids: readonly number[]; given: Float32Array; positive: Float32Array },
  { minAllowedWeights, excludeQuantile, maxWeightLimit }: SubnetLimits,
): ProcessedWeights {
  const most = Math.max(0, positive.length - minAllowedWeights) / positive.length;
  const lowest = quantile(positive, Math.min(excludeQuantile / U16_MAX, most));
  const isKept = (weight: number): boolean => weight > 0 && lowest <= weight;
  return {
    uids: uids.filter((_, index) => isKept(given[index] ?? 0)),
    weights: normalizeMaxWeight(given.filter(isKept), maxWeightLimit),
  };
}

/** numpy's linear quantile of floats: between the two neighbours, from the nearer one, rounded to float. */
function quantile(values: Float32Array, share: number): number {
  const sorted = values.toSorted();
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const [low, high] = [sorted[below] ?? 0, sorted[Math.min(below + 1, sorted.length - 1)] ?? 0];
  const step = Math.fround(high - low);
  const rest = position - below;
  if (rest >= 0.5) return Math.fround(high - Math.fround(step * Math.fround(1 - rest)));
  return Math.fround(low + Math.fround(step * Math.fround(rest)));
}

function assertRow(uids: readonly number[], weights: readonly number[]): void {
  if (uids.length !== weights.length) {
    const [expected, actual] = [uids.length, weights.length];
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "weights", expected, actual });
  }
  assertWeights(weights);
  for (const uid of uids) assertWhole("uid", uid);
}

function assertLimits({ numNeurons, minAllowedWeights, excludeQuantile }: SubnetLimits): void {
  assertWhole("numNeurons", numNeurons, 1);
  assertWhole("minAllowedWeights", minAllowedWeights);
  assertWhole("excludeQuantile", excludeQuantile);
  assertWithin("excludeQuantile", excludeQuantile, [0, U16_MAX]);
}
