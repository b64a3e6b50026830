import { assertUnique } from "../assert-unique.ts";
import type { SparseRow } from "../consensus/types.ts";
import { CoreError } from "../errors.ts";
import { quantise } from "./quantise.ts";

/** A share of one, in ppb, by slot. */
export type UidShare = { readonly uid: number; readonly share: number };

/** What a row is made of besides its shares. */
export type RowContext = {
  /** Uids that exist now. */
  readonly uids: readonly number[];
  /** This validator's row on chain, if any. */
  readonly previousRow: SparseRow | null;
  /** MinAllowedWeights of the subnet. */
  readonly minAllowedWeights: number;
};

/**
 * The row to send: u16 weights by uid, ascending.
 *
 * Every share quantised, with an explicit 0 where it rounds to 0 and for each uid of the previous row that still
 * exists (leaving it out would drop its bond). While shorter than min(n, MinAllowedWeights), the lowest other
 * uids join at 0: zeros pay nobody.
 *
 * @param shares by uid, each uid once and among `uids`, whole, at least one positive.
 * @throws CoreError CORE_EMPTY for no or only zero shares, CORE_DUPLICATE, CORE_OUT_OF_RANGE for a uid that does not
 *   exist or a share that is no whole number.
 */
export function sentRow(shares: readonly UidShare[], context: RowContext): SparseRow {
  const uids = context.uids.toSorted((a, b) => a - b);
  assertUids(shares, uids);
  const weights = quantise(shares.map(({ share }) => share));
  const row = new Map(shares.map(({ uid }, index) => [uid, weights[index] ?? 0]));
  const existing = new Set(uids);
  for (const [uid] of context.previousRow ?? []) if (existing.has(uid) && !row.has(uid)) row.set(uid, 0);
  const padding = uids
    .filter((uid) => !row.has(uid))
    .slice(0, Math.max(0, context.minAllowedWeights - row.size));
  for (const uid of padding) row.set(uid, 0);
  return [...row].toSorted(([a], [b]) => a - b);
}

function assertUids(shares: readonly UidShare[], uids: readonly number[]): void {
  assertUnique("uids", uids);
  assertUnique(
    "uids of the shares",
    shares.map(({ uid }) => uid),
  );
  const stranger = shares.find(({ uid }) => !uids.includes(uid));
  if (stranger === undefined) return;
  const value = String(stranger.uid);
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "uid", value, range: "registered uids" });
}
