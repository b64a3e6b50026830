/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { fillDistances } from "./distances.ts";
import { mulFloor } from "./multiply.ts";
import { type RateCurve, ratesAt } from "./rate.ts";
import type { Sparse } from "./sparse.ts";
import type { Workspace } from "./workspace.ts";

const ONE = 4_294_967_296;

/**
 * `followWeights` into `bonds`, at the rates of `bondAlphas`, computed only for the entries of the weight rows. A
 * bond and a weight up to ONE have an average up to ONE, so that nothing needs to be cut off.
 *
 * @param weights weights for bonds, in their own order, values in [0, 2^32].
 * @param market `work` `previous` B as raw bits, in stored order, and C.
 */
export function followRows(weights: Sparse, { work, curve }: { work: Workspace; curve: RateCurve }): void {
  const { previous, consensus, bonds, bondShares: rates, perUid } = work;
  const n = perUid.length;
  fillDistances(weights, { bonds: previous, consensus, seen: perUid, distances: rates });
  ratesAt(rates, { count: weights.start[n]!, curve });
  const held = perUid.fill(0);
  let end = 0;
  for (let i = 0; i < n; i += 1) {
    bonds.start[i] = end;
    const to = weights.start[i + 1]!;
    if (weights.start[i]! === to) continue;
    for (let k = previous.start[i]!; k < previous.start[i + 1]!; k += 1)
      held[previous.uid[k]!] = previous.value[k]!;
    for (let k = weights.start[i]!; k < to; k += 1) {
      const j = weights.uid[k]!;
      const bond = mulFloor(held[j]!, ONE - rates[k]!) + mulFloor(weights.value[k]!, rates[k]!);
      if (bond === 0) continue;
      bonds.uid[end] = j;
      bonds.value[end] = bond;
      end += 1;
    }
    for (let k = previous.start[i]!; k < previous.start[i + 1]!; k += 1) held[previous.uid[k]!] = 0;
  }
  bonds.start[n] = end;
}
