import { canonicalJson } from "../canonical/canonical-json.ts";
import { sha256Hex } from "../canonical/sha256.ts";
import { decayedPoints } from "../mechanisms/competition/decay.ts";
import { competitionVector, type LedCompetition } from "../mechanisms/competition/leader-vector.ts";
import type { MechanismInstance } from "../schema/rules-document.ts";
import type { InstanceVector, SnapshotBody, WeightVector } from "../schema/snapshot.ts";
import type { CompetitionInput, SnapshotInputs } from "../schema/snapshot-inputs.ts";
import { subnetVector } from "../weights/mix.ts";
import { buildSnapshotBody } from "./build.ts";

/** A snapshot as its inputs give it. */
export type RecomputedSnapshot = {
  /** The body, ready to be signed or to be compared with a signed one. */
  readonly body: SnapshotBody;
  /** SHA-256 of the canonical JSON of the inputs. */
  readonly inputsHash: string;
  /** What the subnet pays; null if an instance that decides something is not the backend's to compute. */
  readonly vector: WeightVector | null;
  /** Hotkeys the vector pays that were not registered: their share goes by the instance's `missing` policy. */
  readonly unregistered: readonly string[];
};

/**
 * The snapshot that follows from its inputs: the only way a backend makes one, so the same inputs give the same
 * signed text to anybody.
 *
 * One vector per `competition` instance with `competitionVector`, over every competition of the inputs, lost leaders'
 * points halved with `decayedPoints` at the inputs' block. Instances of other mechanisms have none: they are decided by
 * validators, or unknown. The rest of the body is `buildSnapshotBody`'s.
 *
 * @param inputs as `SnapshotInputs` reads them; ids of competitions unique, losses not after the block.
 * @param version of the snapshot, 1 or more.
 * @throws CoreError CORE_DUPLICATE, CORE_OUT_OF_RANGE, CORE_INVALID_DOCUMENT.
 */
export async function recomputeSnapshot(
  inputs: SnapshotInputs,
  version: number,
): Promise<RecomputedSnapshot> {
  const { genesis, block, forEpoch, tempo, revealPeriodEpochs, onExpiry, rules, registered } = inputs;
  const inputsHash = await sha256Hex(canonicalJson(inputs));
  const instances = instanceVectors(inputs, inputsHash);
  const timing = { block, forEpoch, tempo, revealPeriodEpochs };
  const body = await buildSnapshotBody({ ...timing, genesis, version, onExpiry, rules, instances });
  const vector = isWhole(rules.instances, instances) ? subnetVector(rules, instances) : null;
  const slots = new Set(registered);
  const paid = instances.flatMap((instance) => instance.vector.entries.map(({ hotkey }) => hotkey));
  const unregistered = [...new Set(paid)].filter((hotkey) => !slots.has(hotkey));
  return { body, inputsHash, vector, unregistered };
}

function instanceVectors({ rules, competitions, block }: SnapshotInputs, inputsHash: string) {
  const led = competitions.map((competition) => ledCompetition(competition, block));
  const decisions = competitions.flatMap(({ leader }) => leader?.decision ?? []);
  return rules.instances.flatMap((instance): InstanceVector[] => {
    if (instance.mechanism !== "competition") return [];
    const vector = competitionVector({ competitions: led, unled: instance.unled });
    return [{ id: instance.id, vector, inputsHash, decisions }];
  });
}

function ledCompetition({ id, points, leader }: CompetitionInput, block: number): LedCompetition {
  if (leader === null) return { id, points, leader: null };
  const { hotkey, loss } = leader;
  return {
    id,
    points,
    leader: hotkey,
    decayedPoints: loss === null ? null : decayedPoints({ ...loss, points, block }),
  };
}

function isWhole(named: readonly MechanismInstance[], known: readonly InstanceVector[]): boolean {
  const ids = new Set(known.map(({ id }) => id));
  return named.every(({ id, share }) => share === 0 || ids.has(id));
}
