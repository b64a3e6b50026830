/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import type { EpochInput } from "../types.ts";

/** The permits in force, the owner's set, as `withOwnerPermit` states them. */
export function permitsInForce({ validatorPermit, ownerUid }: EpochInput): boolean[] {
  const permits: boolean[] = [];
  for (let uid = 0; uid < validatorPermit.length; uid += 1)
    permits.push(validatorPermit[uid]! || uid === ownerUid);
  return permits;
}

/**
 * The permits for the next epoch, as `topPermits` and `withOwnerPermit` state them.
 *
 * Sorts only those with any stake, each share and uid packed into one number below 2^48, so that among equals the
 * lower uid loses.
 *
 * @param vectors `stake` S, raw bits in [0, 2^32]; `keys` is scratch, one number per uid.
 */
export function nextPermits(
  { maxAllowedValidators, ownerUid }: EpochInput,
  { stake, keys }: { stake: Float64Array; keys: Float64Array },
): boolean[] {
  const n = stake.length;
  const permits: boolean[] = [];
  let holders = 0;
  for (let uid = 0; uid < n; uid += 1) {
    const holds = stake[uid]! > 0;
    permits.push(holds);
    if (holds) {
      keys[holders] = stake[uid]! * n + uid;
      holders += 1;
    }
  }
  const losing = holders - maxAllowedValidators;
  if (losing > 0) keys.subarray(0, holders).sort();
  for (let k = 0; k < losing; k += 1) permits[keys[k]! % n] = false;
  if (ownerUid !== null && ownerUid in permits) permits[ownerUid] = true;
  return permits;
}
