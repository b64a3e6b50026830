import { mulFloor } from "./multiply.ts";

const ONE = 4_294_967_296;
const FRACTION_BITS = 32n;
/** Emissions from here on are multiplied as BigInt: 2^53. */
const EXACT_LIMIT = 9_007_199_254_740_992n;

/** An emission in rao, u64, and its halves if it is exact as a double. */
export type Emission = { readonly rao: bigint; readonly halves: { high: number; low: number } | null };

/** The emission of the given rao, u64. */
export function emissionOf(rao: bigint): Emission {
  if (rao >= EXACT_LIMIT) return { rao, halves: null };
  const high = Math.floor(Number(rao) / ONE);
  return { rao, halves: { high, low: Number(rao) - high * ONE } };
}

/**
 * floor(share · rao): what a share of the emission is paid.
 *
 * Proof. With rao = h·2^32 + l, h < 2^21, the amount is share·h + floor(share·l / 2^32); the first product is at most
 * 2^32·2^21 and the sum at most rao < 2^53, all exact. A larger emission is multiplied as BigInt.
 *
 * @param share integer in [0, 2^32], raw bits.
 */
export function amountOf(share: number, { rao, halves }: Emission): bigint {
  if (share === 0) return 0n;
  if (halves === null) return (BigInt(share) * rao) >> FRACTION_BITS;
  return BigInt(share * halves.high + mulFloor(share, halves.low));
}
