import { add, type Fixed, mul, ONE, sub } from "./fixed.ts";
import { denseRow, sparseRow } from "./rows.ts";
import type { FixedRows } from "./types.ts";
import { at } from "./vector.ts";

/**
 * Weights for bonds: weights pulled towards their clipped value by the bonds penalty g.
 *
 * g = 0: W as it is; g = ONE: V as it is; otherwise W_ij + mul(g, V_ij − W_ij) for every column in ascending
 * order, only positive values kept.
 *
 * @param weights W, one sparse row per uid, Fixed in [0, ONE].
 * @param clipping `clipped` V, one sparse row per uid; `penalty` g, Fixed in [0, ONE].
 * @see subtensor epoch/math.rs
 */
export function bondWeights(weights: FixedRows, clipping: { clipped: FixedRows; penalty: Fixed }): FixedRows {
  if (clipping.penalty === 0n) return weights;
  if (clipping.penalty === ONE) return clipping.clipped;
  const n = weights.length;
  return weights.map((row, i) => {
    const pulledTo = denseRow(clipping.clipped[i] ?? [], n);
    const between = (from: Fixed, j: number) => add(from, mul(clipping.penalty, sub(at(pulledTo, j), from)));
    return sparseRow(denseRow(row, n).map(between));
  });
}
