import { CoreError } from "../errors.ts";
import { PPB } from "../schema/primitives.ts";
import type { RulesDocument } from "../schema/rules-document.ts";
import type { InstanceVector, WeightVector } from "../schema/snapshot.ts";
import { vectorOf } from "./vector-of.ts";

/** The allocation of a subnet: what each instance decides, and what burns before. */
export type Allocation = Pick<RulesDocument, "burn"> & {
  instances: readonly Pick<RulesDocument["instances"][number], "id" | "share">[];
};

/** The vector of one instance. */
export type InstanceShares = Pick<InstanceVector, "id" | "vector">;

const WHOLE = BigInt(PPB);

/**
 * The subnet's vector: (1 − b)·Σ share·vector + b·burn, exact until the one rounding to ppb.
 *
 * Entries stand in the order of the rules' instances, then of each vector; a hotkey paid by several is paid for all.
 * The policy is that of the instance with the largest share among those that pay anybody, the earlier of equals;
 * `burn` if nobody is paid.
 *
 * @param rules burn share and instances, shares in ppb summing to one.
 * @param instances one vector for every instance of the rules, in any order.
 * @throws CoreError CORE_INSTANCE_MISMATCH if the two do not name the same instances.
 * @see docs/mechanism.md#subnet-vector
 */
export function subnetVector(rules: Allocation, instances: readonly InstanceShares[]): WeightVector {
  assertSameInstances(rules, instances);
  const amounts = new Map<string, bigint>();
  let burn = BigInt(rules.burn) * WHOLE * WHOLE;
  for (const { id, share } of rules.instances) {
    const vector = instances.find((instance) => instance.id === id)?.vector;
    const factor = (WHOLE - BigInt(rules.burn)) * BigInt(share);
    burn += factor * BigInt(vector?.burn ?? 0);
    for (const entry of vector?.entries ?? [])
      amounts.set(entry.hotkey, (amounts.get(entry.hotkey) ?? 0n) + factor * BigInt(entry.share));
  }
  return vectorOf({ policy: leadingPolicy(rules, instances), amounts: [...amounts], burn });
}

/** Refuses vectors that are not exactly one for each instance of the rules: CORE_INSTANCE_MISMATCH. */
export function assertSameInstances(
  rules: { instances: readonly { id: string }[] },
  instances: readonly { id: string }[],
): void {
  const named = rules.instances.map(({ id }) => id);
  const given = instances.map(({ id }) => id);
  const missing = named.filter((id) => !given.includes(id));
  const unknown = given.filter((id, index) => !named.includes(id) || given.indexOf(id) !== index);
  if (missing.length > 0 || unknown.length > 0)
    throw new CoreError({ code: "CORE_INSTANCE_MISMATCH", missing, unknown });
}

function leadingPolicy(rules: Allocation, instances: readonly InstanceShares[]): WeightVector["policy"] {
  const paying = rules.instances
    .map(({ id, share }) => ({
      share,
      policy: instances.find((instance) => instance.id === id)?.vector.policy ?? "burn",
    }))
    .filter(({ policy }) => policy !== "burn");
  return paying.toSorted((a, b) => b.share - a.share)[0]?.policy ?? "burn";
}
