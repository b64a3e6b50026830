import type { Fixed } from "./fixed.ts";
import type { FixedRows } from "./types.ts";
import type { WeightStages } from "./weights.ts";

/**
 * Why a stored weight does not count: its validator has no permit, it is on the validator itself, or it is older than
 * its target's registration, or committed before it.
 */
export type WeightMask = "no-permit" | "self" | "registration" | "commit";

/** One validator's weight on one miner, as stored and as it counts. */
export type StoredWeight = {
  /** u16 as stored, null if the row does not name the miner. */
  readonly stored: number | null;
  /** Why it does not count; null if it does, or if there is none. */
  readonly mask: WeightMask | null;
};

const FRACTION_BITS = 32n;

/**
 * What became of the weight of validator i on miner j; of several entries for one uid the last.
 *
 * @param pair uids; beyond the last uid nothing is stored.
 */
export function storedWeight(stages: WeightStages, pair: { validator: number; miner: number }): StoredWeight {
  const stored = entryOf(stages.stored, pair);
  if (stored === undefined) return { stored: null, mask: null };
  const kept: [WeightMask, FixedRows][] = [
    ["no-permit", stages.permitted],
    ["self", stages.withoutSelf],
    ["registration", stages.afterRegistration],
    ["commit", stages.afterCommit],
  ];
  const lostIn = kept.find(([, rows]) => entryOf(rows, pair) === undefined);
  return { stored: Number(stored >> FRACTION_BITS), mask: lostIn?.[0] ?? null };
}

function entryOf(rows: FixedRows, pair: { validator: number; miner: number }): Fixed | undefined {
  return rows[pair.validator]?.findLast(([uid]) => uid === pair.miner)?.[1];
}
