import { CoreError } from "../errors.ts";
import type { RulesDocument } from "../schema/rules-document.ts";
import type { InstanceVector, WeightVector } from "../schema/snapshot.ts";

/** The allocation of a subnet: what each instance decides, and what burns before. */
export type Allocation = Pick<RulesDocument, "burn"> & {
  readonly instances: readonly Pick<RulesDocument["instances"][number], "id" | "share">[];
};

/** The vector of one instance. */
export type InstanceShares = Pick<InstanceVector, "id" | "vector">;

/** What one instance decides, and how much of the subnet that is. */
export type Part = { readonly share: number; readonly vector: WeightVector };

/**
 * Each instance of the rules with its vector, in the order of the rules; instances with share 0 decide nothing and
 * need none.
 *
 * @throws CoreError CORE_INSTANCE_MISMATCH for an instance without vector, a vector of no instance or one too many.
 */
export function partsOf(rules: Allocation, instances: readonly InstanceShares[]): Part[] {
  const named = new Set(rules.instances.map(({ id }) => id));
  const given = instances.map(({ id }) => id);
  const unknown = given.filter((id, index) => !named.has(id) || given.indexOf(id) !== index);
  const vectors = new Map(instances.map(({ id, vector }) => [id, vector]));
  const deciding = rules.instances.filter(({ share }) => share > 0);
  const missing = deciding.map(({ id }) => id).filter((id) => !vectors.has(id));
  if (missing.length > 0 || unknown.length > 0)
    throw new CoreError({ code: "CORE_INSTANCE_MISMATCH", missing, unknown });
  return deciding.flatMap(({ id, share }) => {
    const vector = vectors.get(id);
    return vector === undefined ? [] : [{ share, vector }];
  });
}
