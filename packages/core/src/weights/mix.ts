import { PPB } from "../schema/primitives.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { type Allocation, type InstanceShares, type Part, partsOf } from "./instances.ts";
import { vectorOf } from "./vector-of.ts";

const WHOLE = BigInt(PPB);

/**
 * The subnet's vector: (1 − b)·Σ share·vector + b·burn, exact until the one rounding to ppb.
 *
 * Entries stand in the order of the rules' instances, then of each vector; a hotkey paid by several is paid for all.
 * The policy is that of the instance with the largest share among those that pay anybody, the earlier of equals;
 * `burn` if nobody is paid.
 *
 * @param rules burn share b and the instances' shares, both in ppb; the latter sum to one.
 * @param instances one vector for every instance whose share is not 0, in any order.
 * @throws CoreError CORE_INSTANCE_MISMATCH if the two do not name the same instances.
 */
export function subnetVector(rules: Allocation, instances: readonly InstanceShares[]): WeightVector {
  const parts = partsOf(rules, instances);
  const unburnt = WHOLE - BigInt(rules.burn);
  const amounts = new Map<string, bigint>();
  let burn = BigInt(rules.burn) * WHOLE * WHOLE;
  for (const { share, vector } of parts) {
    const factor = unburnt * BigInt(share);
    burn += factor * BigInt(vector.burn);
    for (const entry of vector.entries)
      amounts.set(entry.hotkey, (amounts.get(entry.hotkey) ?? 0n) + factor * BigInt(entry.share));
  }
  return vectorOf({ policy: leadingPolicy(parts), amounts: [...amounts], burn });
}

function leadingPolicy(parts: readonly Part[]): WeightVector["policy"] {
  const paying = parts.filter(({ vector }) => vector.policy !== "burn");
  return paying.toSorted((a, b) => b.share - a.share)[0]?.vector.policy ?? "burn";
}
