import { U16_MAX } from "../../consensus/fixed.ts";
import { CoreError } from "../../errors.ts";
import { assertWeights } from "./normalize-max-weight.ts";
import { roundHalfEven } from "./round-half-even.ts";

/**
 * The SDK's `convert_maybe_split_to_u16`: how a subnet's emission is split between its mechanisms, as u16 that sum to
 * 65535.
 *
 * round(v / Σ v · 65535), halves to even; what rounding leaves over or too much goes to the first of the largest.
 *
 * @param split 0 or more, finite, not all zero.
 * @throws CoreError CORE_EMPTY for nothing or only zeros, CORE_OUT_OF_RANGE where the SDK raises ValueError.
 * @see opentensor/bittensor 10.2.0, weight_utils.
 */
export function convertMaybeSplitToU16(split: readonly number[]): number[] {
  assertWeights(split);
  const sum = split.reduce((total, value) => total + value, 0);
  if (sum === 0) throw new CoreError({ code: "CORE_EMPTY", name: "split" });
  const rounded = split.map((value) => roundHalfEven((value / sum) * U16_MAX));
  const largest = rounded.indexOf(Math.max(...rounded));
  const left = U16_MAX - rounded.reduce((total, value) => total + value, 0);
  return rounded.map((value, index) => (index === largest ? value + left : value));
}
