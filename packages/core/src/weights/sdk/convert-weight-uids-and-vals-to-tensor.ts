import { assertWhole } from "../../assert-whole.ts";
import { assertWithin } from "../../assert-within.ts";
import { CoreError } from "../../errors.ts";

/**
 * The SDK's `convert_weight_uids_and_vals_to_tensor`: a stored row as a dense float32 vector that sums to about 1.
 *
 * weight_uid = fround(value / Σ values) at the uid, 0 elsewhere; all zeros if the row is empty or sums to 0.
 *
 * @param n uids of the subnet, whole, 0 or more.
 * @param row uids below n and their u16 values, position by position; a uid that stands twice keeps the last.
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 * @see opentensor/bittensor 10.2.0, weight_utils.
 */
export function convertWeightUidsAndValsToTensor(
  n: number,
  { uids, values }: { uids: readonly number[]; values: readonly number[] },
): Float32Array {
  assertWhole("n", n);
  if (uids.length !== values.length) {
    const [expected, actual] = [uids.length, values.length];
    throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "values", expected, actual });
  }
  const dense = new Float32Array(n);
  for (const [index, uid] of uids.entries()) {
    assertWhole("uid", uid);
    assertWithin("uid", uid, [0, n - 1]);
    assertWhole("value", values[index] ?? Number.NaN);
    dense[uid] = values[index] ?? 0;
  }
  const sum = dense.reduce((total, value) => total + value, 0);
  return sum === 0 ? dense : dense.map((value) => value / sum);
}
