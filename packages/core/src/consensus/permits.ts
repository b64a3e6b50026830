import type { Fixed } from "./fixed.ts";
import { at } from "./vector.ts";

/**
 * Permits for the next epoch: the uids with the largest stake, none of them with zero stake.
 *
 * The `allowed` largest by a stable ascending sort, so that among equals the higher uid keeps its permit.
 *
 * @param stake S, one per uid, Fixed.
 * @param allowed MaxAllowedValidators.
 * @see subtensor epoch/math.rs
 */
export function topPermits(stake: readonly Fixed[], allowed: number): boolean[] {
  const ascending = stake.map((_, uid) => uid).sort((a, b) => compare(at(stake, a), at(stake, b)));
  const losing = new Set(ascending.slice(0, Math.max(0, stake.length - allowed)));
  return stake.map((share, uid) => share !== 0n && !losing.has(uid));
}

/** The permits with the owner's set, whatever its stake; unchanged if there is no owner among the uids. */
export function withOwnerPermit(permits: readonly boolean[], ownerUid: number | null): boolean[] {
  return permits.map((permit, uid) => permit || uid === ownerUid);
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
