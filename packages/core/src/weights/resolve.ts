import { assertUnique } from "../assert-unique.ts";
import type { SparseRow } from "../consensus/types.ts";
import type { MechanismInstance } from "../schema/rules-document.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { burnTarget, type Neuron, type SubnetOwner } from "./burn-target.ts";
import type { InstanceShares } from "./instances.ts";
import { withoutMissing } from "./missing.ts";
import { subnetVector } from "./mix.ts";
import { sentRow, type UidShare } from "./sent-row.ts";

/** Everything a row depends on at the moment of sending. */
export type ResolveInput = SubnetOwner & {
  readonly rules: {
    readonly burn: number;
    readonly instances: readonly Pick<MechanismInstance, "id" | "share" | "missing">[];
  };
  /** A vector for each instance of the rules; for an instance that is unknown now its last valid one, or none. */
  readonly instances: readonly InstanceShares[];
  readonly neurons: readonly Neuron[];
  /** This validator's row on chain, if any. */
  readonly previousRow: SparseRow | null;
  /** MinAllowedWeights of the subnet. */
  readonly minAllowedWeights: number;
};

/** A row to send, or the reason to send nothing. */
export type ResolvedRow =
  | {
      readonly kind: "row";
      /** Pairs of (uid, u16), uids ascending. */
      readonly row: SparseRow;
      /** What the row rounds: shares in ppb by uid, ascending, burn included; sum exactly one. */
      readonly shares: readonly UidShare[];
      /** Hotkeys of the vectors that have no uid now. */
      readonly missing: readonly string[];
      /** Uid that takes the burnt share; null if nothing burns. */
      readonly burnUid: number | null;
    }
  | { readonly kind: "hold"; readonly code: "INSTANCE_UNKNOWN" | "NO_BURN_TARGET"; readonly reason: string };

/**
 * From hotkeys to uids: the row a validator sends now.
 *
 * Each instance's vector loses its unregistered hotkeys by that instance's `missing` policy, the subnet's vector is
 * mixed from them, hotkeys become uids, the burnt share goes to the owner ({@link burnTarget}), and the result is quantised
 * ({@link sentRow}). Holds, rather than send something nobody signed, if an instance has no vector or if something must
 * burn and the owner has no uid.
 *
 * @throws CoreError CORE_DUPLICATE (a hotkey or uid twice), CORE_INSTANCE_MISMATCH (a vector of no instance).
 */
export function resolveRow(input: ResolveInput): ResolvedRow {
  const { rules, instances, neurons } = input;
  assertUnique(
    "hotkeys of the neurons",
    neurons.map(({ hotkey }) => hotkey),
  );
  const unknown = withoutVector(input);
  if (unknown.length > 0) return holdUnknown(unknown);

  const uidOf = new Map(neurons.map(({ hotkey, uid }) => [hotkey, uid]));
  const vector = subnetVector(rules, presentOnly(input, uidOf));
  const burnUid = vector.burn > 0 ? burnTarget(neurons, input) : null;
  if (burnUid === undefined) return holdWithoutTarget(vector);
  const shares = sharesByUid(vector, { uidOf, burnUid });
  const row = sentRow(shares, { ...input, uids: neurons.map(({ uid }) => uid) });
  return { kind: "row", row, shares, missing: missingHotkeys(instances, uidOf), burnUid };
}

function withoutVector({ rules, instances }: ResolveInput): string[] {
  const known = new Set(instances.map(({ id }) => id));
  return rules.instances.filter(({ id, share }) => share > 0 && !known.has(id)).map(({ id }) => id);
}

function presentOnly(
  { rules, instances }: ResolveInput,
  uidOf: ReadonlyMap<string, number>,
): InstanceShares[] {
  const isRegistered = (hotkey: string) => uidOf.has(hotkey);
  return instances.map(({ id, vector }) => {
    const missing = rules.instances.find((instance) => instance.id === id)?.missing ?? "burn";
    return { id, vector: withoutMissing(vector, { isRegistered, missing }) };
  });
}

function sharesByUid(
  vector: WeightVector,
  { uidOf, burnUid }: { uidOf: ReadonlyMap<string, number>; burnUid: number | null },
): UidShare[] {
  const shares = new Map<number, number>();
  const add = (uid: number, share: number) => shares.set(uid, (shares.get(uid) ?? 0) + share);
  for (const { hotkey, share } of vector.entries) {
    const uid = uidOf.get(hotkey);
    if (uid !== undefined) add(uid, share);
  }
  if (burnUid !== null) add(burnUid, vector.burn);
  return [...shares].map(([uid, share]) => ({ uid, share })).toSorted((a, b) => a.uid - b.uid);
}

function missingHotkeys(instances: readonly InstanceShares[], uidOf: ReadonlyMap<string, number>): string[] {
  const hotkeys = instances.flatMap(({ vector }) => vector.entries.map(({ hotkey }) => hotkey));
  return [...new Set(hotkeys)].filter((hotkey) => !uidOf.has(hotkey));
}

function holdUnknown(ids: readonly string[]): ResolvedRow {
  const reason = `There is no valid vector yet for ${ids.join(", ")}.`;
  return { kind: "hold", code: "INSTANCE_UNKNOWN", reason };
}

function holdWithoutTarget({ burn }: WeightVector): ResolvedRow {
  const reason = `${burn / 1e7} % must burn, but neither the owner's hotkey nor another of its coldkey is registered.`;
  return { kind: "hold", code: "NO_BURN_TARGET", reason };
}
