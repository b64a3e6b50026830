import { CoreError } from "../errors.ts";
import { PPB } from "../schema/primitives.ts";

/**
 * Shares in parts per billion that sum to exactly one: {@link apportion} of 1,000,000,000.
 *
 * @throws CoreError CORE_EMPTY without a positive weight, CORE_OUT_OF_RANGE for a negative one.
 */
export function toPpb(weights: readonly bigint[]): number[] {
  return apportion(weights, PPB);
}

/**
 * A whole number of parts divided in proportion to weights: largest remainder.
 *
 * share_i = floor(w_i · parts / Σ w); the parts still missing go one each to the largest remainders, ties to the
 * earlier entry.
 *
 * @param weights not negative, not all zero.
 * @param parts whole, 0 or more.
 * @returns one integer per weight, sum exactly `parts`.
 * @throws CoreError CORE_EMPTY without a positive weight, CORE_OUT_OF_RANGE for a negative one.
 */
export function apportion(weights: readonly bigint[], parts: number): number[] {
  const total = sumOfWeights(weights);
  const whole = BigInt(parts);
  const shares = weights.map((weight) => Number((weight * whole) / total));
  const missing = parts - shares.reduce((sum, share) => sum + share, 0);
  const remainders = weights.map((weight) => (weight * whole) % total);
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
