import { CoreError } from "../errors.ts";
import { PPB } from "../schema/primitives.ts";

const WHOLE = BigInt(PPB);

/**
 * Shares in parts per billion that sum to exactly one: largest remainder.
 *
 * share_i = floor(w_i · PPB / Σ w); the parts still missing go one each to the largest remainders, ties to the
 * earlier entry.
 *
 * @param weights not negative, not all zero.
 * @returns one integer per weight, sum exactly 1,000,000,000.
 * @throws CoreError CORE_EMPTY without a positive weight, CORE_OUT_OF_RANGE for a negative one.
 */
export function toPpb(weights: readonly bigint[]): number[] {
  const total = sumOfWeights(weights);
  const shares = weights.map((weight) => Number((weight * WHOLE) / total));
  const missing = PPB - shares.reduce((sum, share) => sum + share, 0);
  const remainders = weights.map((weight) => (weight * WHOLE) % total);
  const order = [...weights.keys()].toSorted((a, b) => descending(remainders[a] ?? 0n, remainders[b] ?? 0n));
  const raised = new Set(order.slice(0, missing));
  return shares.map((share, index) => (raised.has(index) ? share + 1 : share));
}

function sumOfWeights(weights: readonly bigint[]): bigint {
  const negative = weights.find((weight) => weight < 0n);
  if (negative !== undefined) {
    const value = String(negative);
    throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "weight", value, range: "0 or more" });
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) throw new CoreError({ code: "CORE_EMPTY", name: "weights" });
  return total;
}

function descending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
