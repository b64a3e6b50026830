import { assertWithin } from "../../assert-within.ts";
import { CoreError } from "../../errors.ts";
import { type Floats, mapped, pairwiseSum, widthOf } from "./floats.ts";

/** Keeps the SDK's quotients away from the edge. */
const EPSILON = 1e-7;

/**
 * The SDK's `normalize_max_weight`: weights that sum to 1 with none above a limit, by cutting the largest.
 *
 * With e the sorted shares, c their running sum and k the number of e_i / ((n − i − 1)·e_i + c_i + 1e-7) < limit: all
 * weights are cut at (limit·c_{k−1} − 1e-7) / (1 − limit·(n − k)) · Σ x, then divided by their sum. Below the limit
 * already: just divided. Sum 0, or n·limit ≤ 1: uniform 1/n, however the weights were. The
 * 1e-7 lets the largest pass the limit where other shares are that small, or n·limit is hardly above 1.
 *
 * @param weights 0 or more, finite; a Float32Array is computed in floats, a Float64Array in doubles, both in numpy's
 *   order of operations. Not changed.
 * @param limit in (0, 1], as a double.
 * @returns numbers of the same width.
 * @throws CoreError CORE_EMPTY, CORE_OUT_OF_RANGE.
 * @see opentensor/bittensor 10.2.0, weight_utils.
 */
export function normalizeMaxWeight(weights: Floats, limit = 0.1): Floats {
  assertWeights(weights);
  assertWithin("limit", limit, [Number.MIN_VALUE, 1]);
  const round = widthOf(weights);
  const sum = pairwiseSum(weights);
  if (sum === 0 || weights.length * limit <= 1) return mapped(weights, () => 1 / weights.length);
  const sorted = weights.toSorted();
  const sortedSum = pairwiseSum(sorted);
  const shares = mapped(sorted, (value) => value / sortedSum);
  if ((shares.at(-1) ?? 0) <= round(limit)) return mapped(weights, (value) => value / sum);
  const cutoff = cutoffScale(shares, limit) * sortedSum;
  const cut = mapped(weights, (value) => (value > cutoff ? cutoff : value));
  const cutSum = pairwiseSum(cut);
  return mapped(cut, (value) => value / cutSum);
}

/** The share at which the largest are cut; computed in doubles from quantities of the weights' width, as numpy does. */
function cutoffScale(shares: Floats, limit: number): number {
  const round = widthOf(shares);
  const running = runningSums(shares);
  const kept = shares.filter((share, i) => {
    const above = round((shares.length - i - 1) * share);
    const denominator = round(round(above + (running[i] ?? 0)) + round(EPSILON));
    return round(share / denominator) < round(limit);
  }).length;
  const reached = running.at(kept - 1) ?? 0;
  const numerator = round(round(round(limit) * reached) - round(EPSILON));
  return numerator / (1 - limit * (shares.length - kept));
}

function runningSums(values: Floats): Floats {
  const round = widthOf(values);
  let sum = 0;
  return mapped(values, (value) => {
    sum = round(sum + value);
    return sum;
  });
}

/** Refuses no weights, and weights that are negative or not finite: CORE_EMPTY, CORE_OUT_OF_RANGE. */
export function assertWeights(weights: ArrayLike<number>): void {
  if (weights.length === 0) throw new CoreError({ code: "CORE_EMPTY", name: "weights" });
  for (const weight of Array.from(weights)) assertWithin("weight", weight, [0, Number.MAX_VALUE]);
}
