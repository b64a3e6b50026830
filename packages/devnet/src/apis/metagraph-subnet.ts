import { activityCutoffBlocks } from "@assay/core";
import type { StorageItem } from "../metadata/pallet.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import type { FieldReaders, MetagraphOf, NeuronField } from "./metagraph-fields.ts";
import type { SelectableField } from "./metagraph-types.ts";
import type { ApiView } from "./view.ts";

const { storage } = subtensor;

/** A field that is one storage item keyed by netuid. */
function stored<V>(item: StorageItem<readonly [number], V, V>): (view: ApiView, of: MetagraphOf) => V {
  return ({ state }, { netuid }) => read(state, item, netuid);
}

const zero = () => 0n;
const text = (value: Uint8Array): number[] => [...value];

/** The subnet's own fields. Nothing is emitted in TAO here, so those amounts are zero as on mainnet. */
export const subnetFields: FieldReaders<Exclude<SelectableField, NeuronField>> = {
  name: ({ state }, { netuid }) =>
    text(read(state, storage.SubnetIdentitiesV3, netuid)?.subnet_name ?? new Uint8Array()),
  symbol: ({ state }, { netuid }) => text(read(state, storage.TokenSymbol, netuid)),
  identity: ({ state }, { netuid }) => read(state, storage.SubnetIdentitiesV3, netuid) ?? null,
  network_registered_at: stored(storage.NetworkRegisteredAt),
  owner_hotkey: stored(storage.SubnetOwnerHotkey),
  owner_coldkey: stored(storage.SubnetOwner),
  block: ({ block }) => BigInt(block),
  tempo: stored(storage.Tempo),
  last_step: stored(storage.LastMechansimStepBlock),
  blocks_since_last_step: stored(storage.BlocksSinceLastStep),
  subnet_emission: zero,
  alpha_in: stored(storage.SubnetAlphaIn),
  alpha_out: stored(storage.SubnetAlphaOut),
  tao_in: stored(storage.SubnetTAO),
  alpha_out_emission: stored(storage.SubnetAlphaOutEmission),
  alpha_in_emission: stored(storage.SubnetAlphaInEmission),
  tao_in_emission: stored(storage.SubnetTaoInEmission),
  pending_alpha_emission: ({ state }, { netuid }) =>
    read(state, storage.PendingServerEmission, netuid) +
    read(state, storage.PendingValidatorEmission, netuid),
  pending_root_emission: zero,
  subnet_volume: stored(storage.SubnetVolume),
  moving_price: stored(storage.SubnetMovingPrice),
  rho: stored(storage.Rho),
  kappa: stored(storage.Kappa),
  min_allowed_weights: stored(storage.MinAllowedWeights),
  max_weights_limit: stored(storage.MaxWeightsLimit),
  weights_version: stored(storage.WeightsVersionKey),
  weights_rate_limit: stored(storage.WeightsSetRateLimit),
  activity_cutoff: ({ state }, { netuid }) => {
    const factorMilli = read(state, storage.ActivityCutoffFactorMilli, netuid);
    return BigInt(activityCutoffBlocks({ factorMilli, tempo: read(state, storage.Tempo, netuid) }));
  },
  max_validators: stored(storage.MaxAllowedValidators),
  num_uids: stored(storage.SubnetworkN),
  max_uids: stored(storage.MaxAllowedUids),
  burn: stored(storage.Burn),
  difficulty: stored(storage.Difficulty),
  registration_allowed: stored(storage.NetworkRegistrationAllowed),
  pow_registration_allowed: stored(storage.NetworkPowRegistrationAllowed),
  immunity_period: stored(storage.ImmunityPeriod),
  min_difficulty: stored(storage.MinDifficulty),
  max_difficulty: stored(storage.MaxDifficulty),
  min_burn: stored(storage.MinBurn),
  max_burn: stored(storage.MaxBurn),
  adjustment_alpha: stored(storage.AdjustmentAlpha),
  adjustment_interval: stored(storage.AdjustmentInterval),
  target_regs_per_interval: stored(storage.TargetRegistrationsPerInterval),
  max_regs_per_block: stored(storage.MaxRegistrationsPerBlock),
  serving_rate_limit: stored(storage.ServingRateLimit),
  commit_reveal_weights_enabled: stored(storage.CommitRevealWeightsEnabled),
  commit_reveal_period: stored(storage.RevealPeriodEpochs),
  liquid_alpha_enabled: stored(storage.LiquidAlphaOn),
  alpha_high: ({ state }, { netuid }) => read(state, storage.AlphaValues, netuid)[1],
  alpha_low: ({ state }, { netuid }) => read(state, storage.AlphaValues, netuid)[0],
  bonds_moving_avg: stored(storage.BondsMovingAverage),
};
