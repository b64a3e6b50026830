import type { MechanismOutcome } from "../mechanisms/mechanism.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { type Allocation, assertInstances, type InstanceShares } from "./instances.ts";
import { subnetVector } from "./mix.ts";

/** What one instance says now, and its last vector that was valid, if it ever had one. */
export type InstanceReport = {
  readonly id: string;
  readonly outcome: MechanismOutcome;
  readonly lastValid: WeightVector | null;
};

/** The subnet's vector, or why there is none to send. */
export type SubnetOutcome =
  | {
      readonly kind: "vector";
      readonly vector: WeightVector;
      /** What was mixed: `resolveRow` takes it. */
      readonly instances: readonly InstanceShares[];
      /** Instances that are unknown now and contribute their last valid vector. */
      readonly stale: readonly string[];
    }
  | { readonly kind: "hold"; readonly unknown: readonly string[]; readonly reason: string };

/**
 * What a subnet pays when some of its instances may be unknown: {@link subnetVector} of their vectors.
 *
 * An unknown instance contributes its last valid vector. If one never had any, the subnet holds: the row on chain stays,
 * because neither burning its share nor giving it to the others is what the rules say. Instances with share 0
 * decide nothing, known or not.
 *
 * @param rules burn share and the instances' shares, see {@link subnetVector}.
 * @param reports one for every instance whose share is not 0, in any order.
 * @throws CoreError CORE_INSTANCE_MISMATCH if the two do not name the same instances.
 */
export function subnetOutcome(rules: Allocation, reports: readonly InstanceReport[]): SubnetOutcome {
  assertInstances(
    rules,
    reports.map(({ id }) => id),
  );
  const deciding = new Set(rules.instances.filter(({ share }) => share > 0).map(({ id }) => id));
  const relevant = reports.filter(({ id }) => deciding.has(id));
  const lost = relevant.filter((report) => vectorNow(report) === null);
  if (lost.length > 0) return hold(lost);
  const instances = relevant.flatMap((report) => {
    const vector = vectorNow(report);
    return vector === null ? [] : [{ id: report.id, vector }];
  });
  const stale = relevant.filter(({ outcome }) => outcome.kind === "unknown").map(({ id }) => id);
  return { kind: "vector", vector: subnetVector(rules, instances), instances, stale };
}

function vectorNow({ outcome, lastValid }: InstanceReport): WeightVector | null {
  return outcome.kind === "vector" ? outcome.vector : lastValid;
}

function hold(lost: readonly InstanceReport[]): SubnetOutcome {
  const reasons = lost.flatMap(({ id, outcome }) =>
    outcome.kind === "unknown" ? `${id}: ${outcome.reason}` : [],
  );
  const reason = `Nothing to send, and no earlier vector to keep. ${reasons.join(" ")}`;
  return { kind: "hold", unknown: lost.map(({ id }) => id), reason };
}
