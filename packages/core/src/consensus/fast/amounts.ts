/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { mulFloor } from "./multiply.ts";

const ONE = 4_294_967_296;
const FRACTION_BITS = 32n;
/** Amounts from here on take the BigInt path: 2^53. */
const EXACT_LIMIT = 9_007_199_254_740_992n;

/**
 * floor(share · rao) for each share: what each uid is paid.
 *
 * Proof. With rao = h·2^32 + l, h < 2^21, the amount is share·h + floor(share·l / 2^32); the first product is at
 * most 2^32·2^21 and the sum at most rao < 2^53, all exact. A larger emission is multiplied as BigInt.
 *
 * @param shares integers in [0, 2^32], raw bits.
 * @param rao u64.
 */
export function amountsOf(shares: Float64Array, rao: bigint): bigint[] {
  const amounts: bigint[] = [];
  if (rao >= EXACT_LIMIT) {
    for (const share of shares) amounts.push((BigInt(share) * rao) >> FRACTION_BITS);
    return amounts;
  }
  const high = Math.floor(Number(rao) / ONE);
  const low = Number(rao) - high * ONE;
  for (let uid = 0; uid < shares.length; uid += 1) {
    const share = shares[uid]!;
    amounts.push(share === 0 ? 0n : BigInt(share * high + mulFloor(share, low)));
  }
  return amounts;
}
