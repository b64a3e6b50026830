import { activityCutoffBlocks } from "@assay/core";
import { amount, flag, whole } from "../runtime/plain.ts";
import type { WeightRules } from "../subnet.ts";
import { subnetUnknown } from "./subnet-unknown.ts";
import type { View } from "./view.ts";

/** The hyperparameters that decide about weights, all as one block saw them. */
export async function readWeightRules(
  view: View,
  { netuid, mechid }: { netuid: number; mechid: number },
): Promise<WeightRules> {
  const found = await view.read({
    exists: ["SubtensorModule.NetworksAdded", netuid],
    n: ["SubtensorModule.SubnetworkN", netuid],
    mechanismCount: ["SubtensorModule.MechanismCountCurrent", netuid],
    commitRevealEnabled: ["SubtensorModule.CommitRevealWeightsEnabled", netuid],
    weightsRateLimit: ["SubtensorModule.WeightsSetRateLimit", netuid],
    weightsVersionKey: ["SubtensorModule.WeightsVersionKey", netuid],
    minAllowedWeights: ["SubtensorModule.MinAllowedWeights", netuid],
    stakeThreshold: ["SubtensorModule.StakeThreshold"],
    maxAllowedValidators: ["SubtensorModule.MaxAllowedValidators", netuid],
    kappa: ["SubtensorModule.Kappa", netuid],
    bondsMovingAverage: ["SubtensorModule.BondsMovingAverage", netuid],
    bondsPenalty: ["SubtensorModule.BondsPenalty", netuid],
    liquidAlpha: ["SubtensorModule.LiquidAlphaOn", netuid],
    yuma3: ["SubtensorModule.Yuma3On", netuid],
    cutoffFactorMilli: ["SubtensorModule.ActivityCutoffFactorMilli", netuid],
    tempo: ["SubtensorModule.Tempo", netuid],
  });
  const mechanismCount = whole(found.mechanismCount);
  if (!flag(found.exists) || mechid >= mechanismCount) throw subnetUnknown({ netuid, mechid, at: view.at });
  return {
    at: view.at,
    n: whole(found.n),
    mechanismCount,
    commitRevealEnabled: flag(found.commitRevealEnabled),
    weightsRateLimit: whole(found.weightsRateLimit),
    weightsVersionKey: amount(found.weightsVersionKey),
    minAllowedWeights: whole(found.minAllowedWeights),
    stakeThreshold: amount(found.stakeThreshold),
    maxAllowedValidators: whole(found.maxAllowedValidators),
    kappa: whole(found.kappa),
    bondsMovingAverage: amount(found.bondsMovingAverage),
    bondsPenalty: whole(found.bondsPenalty),
    liquidAlpha: flag(found.liquidAlpha),
    yuma3: flag(found.yuma3),
    activityCutoffBlocks: activityCutoffBlocks({
      factorMilli: whole(found.cutoffFactorMilli),
      tempo: whole(found.tempo),
    }),
  };
}
