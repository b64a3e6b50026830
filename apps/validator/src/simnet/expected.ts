import type { Metagraph, WeightRow } from "@assay/chain";
import type { WeightVector } from "@assay/core";

const U16_MAX = 65_535;

/**
 * The non-zero weights a vector means on a subnet, worked out apart from the code under test: shares by uid, what has
 * no uid burns at the owner's, the largest is 65,535.
 */
export function expectedWeights({ entries, burn }: WeightVector, subnet: Metagraph): Map<number, number> {
  const uidOf = new Map(subnet.neurons.map(({ hotkey, uid }) => [hotkey, uid]));
  const owner = uidOf.get(subnet.ownerHotkey) ?? -1;
  const shares = new Map<number, number>();
  for (const { hotkey, share } of [...entries, { hotkey: subnet.ownerHotkey, share: burn }]) {
    const uid = uidOf.get(hotkey) ?? owner;
    shares.set(uid, (shares.get(uid) ?? 0) + share);
  }
  const largest = Math.max(...shares.values());
  const weights = [...shares].map(([uid, share]) => [uid, Math.round((share * U16_MAX) / largest)] as const);
  return new Map(weights.filter(([, weight]) => weight > 0));
}

/** Whether a row's non-zero weights are these, each within one unit. */
export function isRowOf(row: WeightRow, expected: ReadonlyMap<number, number>): boolean {
  const found = row.filter(([, weight]) => weight > 0);
  const within = found.every(([uid, weight]) => Math.abs(weight - (expected.get(uid) ?? -9)) <= 1);
  const missing = [...expected].filter(([uid, weight]) => weight > 1 && !found.some(([at]) => at === uid));
  return within && missing.length === 0;
}
