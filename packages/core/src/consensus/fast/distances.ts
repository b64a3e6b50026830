/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import type { Sparse } from "./sparse.ts";

/**
 * How far each entry of the weight rows is from consensus, or how much of a bond it sells, as `bondAlphas` states it:
 * one value per entry.
 *
 * The chain walks both rows along ascending uids, and so sees an entry exactly if no larger uid stands before it in
 * its row; others count as 0.
 *
 * @param weights weights for bonds, in their own order, values in [0, 2^32].
 * @param market `bonds` B, in stored order, and `consensus` C, raw bits in [0, 2^32]; `seen` scratch, one per uid.
 */
export function fillDistances(
  weights: Sparse,
  market: { bonds: Sparse; consensus: Float64Array; seen: Float64Array; distances: Float64Array },
): void {
  const { bonds, consensus, distances } = market;
  const seen = market.seen.fill(0);
  for (let i = 0; i < seen.length; i += 1) {
    if (weights.start[i]! === weights.start[i + 1]!) continue;
    spreadSeen(bonds, { i, seen });
    let top = -1;
    for (let k = weights.start[i]!; k < weights.start[i + 1]!; k += 1) {
      const j = weights.uid[k]!;
      const weight = j > top ? weights.value[k]! : 0;
      const bond = seen[j]!;
      distances[k] = weight < bond ? bond - weight : Math.max(0, weight - consensus[j]!);
      top = Math.max(top, j);
    }
    clearSeen(bonds, { i, seen });
  }
}

function spreadSeen({ start, uid, value }: Sparse, { i, seen }: { i: number; seen: Float64Array }): void {
  let top = -1;
  for (let k = start[i]!; k < start[i + 1]!; k += 1) {
    if (uid[k]! < top) continue;
    top = uid[k]!;
    seen[top] = value[k]!;
  }
}

function clearSeen({ start, uid }: Sparse, { i, seen }: { i: number; seen: Float64Array }): void {
  for (let k = start[i]!; k < start[i + 1]!; k += 1) seen[uid[k]!] = 0;
}
