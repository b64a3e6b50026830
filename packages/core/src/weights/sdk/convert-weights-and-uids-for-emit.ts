import { assertWhole } from "../../assert-whole.ts";
import { U16_MAX } from "../../consensus/fixed.ts";
import { CoreError } from "../../errors.ts";
import { assertWeights } from "./normalize-max-weight.ts";
import { roundHalfEven } from "./round-half-even.ts";

/** Uids and their u16 weights, position by position. */
export type EmittedWeights = { readonly uids: readonly number[]; readonly values: readonly number[] };

/**
 * The SDK's `convert_weights_and_uids_for_emit`: u16 weights with the largest at 65535.
 *
 * round(w / max w · 65535), halves to even, in doubles; entries that round to 0 are left out, which drops a validator's
 * bonds on them. All zeros give nothing at all. What Assay sends is `quantise` and `sentRow`, which keep such entries.
 *
 * @param uids whole, 0 or more, one per weight.
 * @param weights 0 or more, finite; for the SDK's float32 results give a Float32Array.
 * @throws CoreError CORE_EMPTY, CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE where the SDK raises ValueError.
 * @see opentensor/bittensor 10.2.0, weight_utils.
 */
export function convertWeightsAndUidsForEmit(
  uids: readonly number[],
  weights: ArrayLike<number>,
): EmittedWeights {
  if (uids.length !== weights.length) {
    const [expected, actual] = [uids.length, weights.length];
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "weights", expected, actual });
  }
  assertWeights(weights);
  for (const uid of uids) assertWhole("uid", uid);
  const largest = Array.from(weights).reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) return { uids: [], values: [] };
  const emitted = Array.from(weights, (weight) => roundHalfEven((weight / largest) * U16_MAX));
  return {
    uids: uids.filter((_, index) => emitted[index] !== 0),
    values: emitted.filter((value) => value !== 0),
  };
}
