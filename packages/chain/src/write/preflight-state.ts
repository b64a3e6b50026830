import { mechanismStorageIndex } from "@assay/core";
import type { View } from "../read/view.ts";
import { address, amount, field, flag, list, optional, type Plain, whole } from "../runtime/plain.ts";
import { countCommits } from "./plan-state.ts";
import type { PreflightState } from "./preflight.ts";

/** Index of the field `total_stake` in a selective metagraph. */
const TOTAL_STAKE = 69;

/** Reads what {@link preflight} judges by. */
export async function readPreflightState(
  view: View,
  sender: { netuid: number; mechid: number; hotkey: string },
): Promise<PreflightState> {
  const { netuid, mechid, hotkey } = sender;
  const found = await view.read({
    exists: ["SubtensorModule.NetworksAdded", netuid],
    mechanismCount: ["SubtensorModule.MechanismCountCurrent", netuid],
    n: ["SubtensorModule.SubnetworkN", netuid],
    commitReveal: ["SubtensorModule.CommitRevealWeightsEnabled", netuid],
    versionKey: ["SubtensorModule.WeightsVersionKey", netuid],
    rateLimit: ["SubtensorModule.WeightsSetRateLimit", netuid],
    minAllowed: ["SubtensorModule.MinAllowedWeights", netuid],
    stakeThreshold: ["SubtensorModule.StakeThreshold"],
    ownerHotkey: ["SubtensorModule.SubnetOwnerHotkey", netuid],
    uid: ["SubtensorModule.Uids", netuid, hotkey],
    permits: ["SubtensorModule.ValidatorPermit", netuid],
    lastUpdates: ["SubtensorModule.LastUpdate", mechanismStorageIndex(netuid, mechid)],
    epochIndex: ["SubtensorModule.SubnetEpochIndex", netuid],
  });
  const uid = optional(found.uid, whole);
  return {
    block: view.at.block,
    subnetExists: flag(found.exists),
    mechanismCount: whole(found.mechanismCount),
    n: whole(found.n),
    commitRevealEnabled: flag(found.commitReveal),
    unrevealedCommits: flag(found.commitReveal)
      ? await countCommits(view, { ...sender, epochIndex: whole(found.epochIndex) })
      : 0,
    weightsVersionKey: amount(found.versionKey),
    weightsRateLimit: whole(found.rateLimit),
    minAllowedWeights: whole(found.minAllowed),
    stakeThreshold: amount(found.stakeThreshold),
    isOwnerHotkey: address(found.ownerHotkey) === hotkey,
    neuron:
      uid === null
        ? null
        : await readNeuron(view, { netuid, uid, permits: found.permits, lastUpdates: found.lastUpdates }),
  };
}

type NeuronSources = { netuid: number; uid: number; permits: Plain; lastUpdates: Plain };

async function readNeuron(view: View, { netuid, uid, permits, lastUpdates }: NeuronSources) {
  const graph = await view.call(["SubnetInfoRuntimeApi.get_selective_metagraph", netuid, [TOTAL_STAKE]]);
  return {
    uid,
    stakeRao: list(field(graph, "totalStake"), amount)[uid] ?? 0n,
    validatorPermit: list(permits, flag)[uid] ?? false,
    lastUpdate: list(lastUpdates, whole)[uid] ?? 0,
  };
}
