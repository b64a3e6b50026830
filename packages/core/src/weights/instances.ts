import { CoreError } from "../errors.ts";
import type { MechanismInstance, RulesDocument } from "../schema/rules-document.ts";
import type { InstanceVector, WeightVector } from "../schema/snapshot.ts";

/** The allocation of a subnet: what each instance decides, and what burns before. */
export type Allocation = Pick<RulesDocument, "burn"> & {
  readonly instances: readonly Pick<RulesDocument["instances"][number], "id" | "share">[];
};

/** The vector of one instance. */
export type InstanceShares = Pick<InstanceVector, "id" | "vector">;

/** What one instance decides, and how much of the subnet that is. */
export type Part = { readonly share: number; readonly vector: WeightVector };

/** The instances whose vectors the backend signs: all but `challenge`, which every validator decides for itself. */
export function backendInstances({ instances }: Pick<RulesDocument, "instances">): MechanismInstance[] {
  return instances.filter(({ mechanism }) => mechanism !== "challenge");
}

/**
 * Each instance of the rules with its vector, in the order of the rules; instances with share 0 decide nothing and
 * need none.
 *
 * @throws CoreError CORE_INSTANCE_MISMATCH for an instance without vector, a vector of no instance or one too many.
 */
export function partsOf(rules: Allocation, instances: readonly InstanceShares[]): Part[] {
  assertInstances(
    rules,
    instances.map(({ id }) => id),
  );
  const vectors = new Map(instances.map(({ id, vector }) => [id, vector]));
  return rules.instances.flatMap(({ id, share }) => {
    const vector = vectors.get(id);
    return vector === undefined || share === 0 ? [] : [{ share, vector }];
  });
}

/** Refuses ids of no instance, one twice, or none for an instance that decides something: CORE_INSTANCE_MISMATCH. */
export function assertInstances(rules: Allocation, given: readonly string[]): void {
  const named = new Set(rules.instances.map(({ id }) => id));
  const unknown = given.filter((id, index) => !named.has(id) || given.indexOf(id) !== index);
  const deciding = rules.instances.filter(({ share }) => share > 0).map(({ id }) => id);
  const missing = deciding.filter((id) => !given.includes(id));
  if (missing.length > 0 || unknown.length > 0)
    throw new CoreError({ code: "CORE_INSTANCE_MISMATCH", missing, unknown });
}
