/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { mulCeil } from "./multiply.ts";
import { type Sparse, sortRows } from "./sparse.ts";
import type { Workspace } from "./workspace.ts";

const ONE = 4_294_967_296;

/**
 * Weights for bonds, as `bondWeights` states them: W itself for g = 0, V itself for g = ONE, otherwise new ascending
 * rows in the place of V.
 *
 * @param penalty g, integer in [0, 2^32], raw bits.
 */
export function weightsForBonds(work: Workspace, penalty: number): Sparse {
  if (penalty === 0) return work.weights;
  if (penalty < ONE) pullRows(work, penalty);
  return work.clipped;
}

/** W + mul(g, V − W), whose second part is never positive, from W and C; positive values only. */
function pullRows({ weights, consensus, clipped: pulled }: Workspace, penalty: number): void {
  const { start, uid, value } = weights;
  const n = consensus.length;
  let end = 0;
  for (let i = 0; i < n; i += 1) {
    pulled.start[i] = end;
    for (let k = start[i]!; k < start[i + 1]!; k += 1) {
      const excess = Math.max(0, value[k]! - consensus[uid[k]!]!);
      const pulledTo = value[k]! - mulCeil(excess, penalty);
      if (pulledTo === 0) continue;
      pulled.uid[end] = uid[k]!;
      pulled.value[end] = pulledTo;
      end += 1;
    }
  }
  pulled.start[n] = end;
  sortRows(pulled);
}
