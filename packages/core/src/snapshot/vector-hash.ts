import { canonicalJson } from "../canonical/canonical-json.ts";
import { sha256Hex } from "../canonical/sha256.ts";
import type { RulesDocument } from "../schema/rules-document.ts";
import type { InstanceShares } from "../weights/instances.ts";

/**
 * Hash of what a snapshot decides: SHA-256 of the canonical JSON of { rules, instances: [{ id, vector }] }.
 *
 * Two snapshots with the same hash pay the same, whatever their version, block or inputs.
 *
 * @param instances in the order of the snapshot; what they hold besides id and vector does not count.
 */
export function vectorHash(rules: RulesDocument, instances: readonly InstanceShares[]): Promise<string> {
  const decided = instances.map(({ id, vector }) => ({ id, vector }));
  return sha256Hex(canonicalJson({ rules, instances: decided }));
}
