import { U16_MAX } from "../consensus/fixed.ts";
import { CoreError } from "../errors.ts";

const MAX = BigInt(U16_MAX);

/**
 * Shares as u16 weights: the largest becomes exactly 65535, every other the nearest integer, halves to even.
 *
 * w_i = share_i · 65535 / max share, rounded from exact integers. Because the largest is 65535, the chain's own
 * max-upscale leaves the result as it is: what is journalled is what is stored.
 *
 * @param shares whole numbers, not negative, at least one positive.
 * @returns u16, one per share; small shares become 0.
 * @throws CoreError CORE_EMPTY for no shares or only zeros, CORE_OUT_OF_RANGE.
 */
export function quantise(shares: readonly number[]): number[] {
  const bad = shares.find((share) => !Number.isSafeInteger(share) || share < 0);
  if (bad !== undefined) {
    const range = "whole numbers, 0 or more";
    throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "share", value: String(bad), range });
  }
  const largest = shares.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) throw new CoreError({ code: "CORE_EMPTY", name: "shares" });
  return shares.map((share) => Number(divideHalfEven(BigInt(share) * MAX, BigInt(largest))));
}

/** a / b rounded to the nearest integer, halves to even; a ≥ 0, b > 0. */
function divideHalfEven(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  const twice = (a % b) * 2n;
  const isUp = twice > b || (twice === b && quotient % 2n === 1n);
  return isUp ? quotient + 1n : quotient;
}
