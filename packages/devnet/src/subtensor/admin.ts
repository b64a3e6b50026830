import { withTempo } from "@assay/core";
import type { ValueOf } from "../metadata/declare.ts";
import { type Context, deposit, ensure, refusal } from "../runtime/context.ts";
import { adminUtils, subtensor } from "../runtime/runtime.ts";
import { read, remove, write } from "../state/access.ts";
import { globalSetting, setting } from "./admin-settings.ts";
import { mechanismIndices } from "./neurons.ts";
import { readSchedule, writeSchedule } from "./schedule.ts";

const { storage } = subtensor;
type Calls = typeof adminUtils.calls;
type Args<N extends keyof Calls> = ValueOf<Calls[N]>;

/** The lowest share of a bond that liquid alpha may move per epoch: 2.5 % of u16. */
const MIN_ALPHA = 1_638;
const MAX_UIDS_TIMES_MECHANISMS = 256;
/** In epochs. */
const MAX_REVEAL_PERIOD = 100n;
const U16_MAX = 65_535;

/** One handler for each declared call of AdminUtils. */
export const adminHandlers = {
  sudo_set_weights_version_key: setting("owner", (context, args: Args<"sudo_set_weights_version_key">) => {
    write(context.state, storage.WeightsVersionKey, [args.netuid, args.weights_version_key]);
    deposit(context, subtensor, ["WeightsVersionKeySet", [args.netuid, args.weights_version_key]]);
  }),
  sudo_set_weights_set_rate_limit: setting(
    "root",
    (context, args: Args<"sudo_set_weights_set_rate_limit">) => {
      write(context.state, storage.WeightsSetRateLimit, [args.netuid, args.weights_set_rate_limit]);
      deposit(context, subtensor, ["WeightsSetRateLimitSet", [args.netuid, args.weights_set_rate_limit]]);
    },
  ),
  sudo_set_immunity_period: setting("owner", (context, args: Args<"sudo_set_immunity_period">) => {
    write(context.state, storage.ImmunityPeriod, [args.netuid, args.immunity_period]);
    deposit(context, subtensor, ["ImmunityPeriodSet", [args.netuid, args.immunity_period]]);
  }),
  sudo_set_min_allowed_weights: setting("owner", (context, args: Args<"sudo_set_min_allowed_weights">) => {
    write(context.state, storage.MinAllowedWeights, [args.netuid, args.min_allowed_weights]);
    deposit(context, subtensor, ["MinAllowedWeightSet", [args.netuid, args.min_allowed_weights]]);
  }),
  sudo_set_max_allowed_uids: setting("owner", (context, args: Args<"sudo_set_max_allowed_uids">) => {
    const n = read(context.state, storage.SubnetworkN, args.netuid);
    ensure(n <= args.max_allowed_uids, adminUtils, "MaxAllowedUIdsLessThanCurrentUIds");
    write(context.state, storage.MaxAllowedUids, [args.netuid, args.max_allowed_uids]);
    deposit(context, subtensor, ["MaxAllowedUidsSet", [args.netuid, args.max_allowed_uids]]);
  }),
  sudo_set_kappa: setting("root", (context, args: Args<"sudo_set_kappa">) => {
    write(context.state, storage.Kappa, [args.netuid, args.kappa]);
    deposit(context, subtensor, ["KappaSet", [args.netuid, args.kappa]]);
  }),
  sudo_set_rho: setting("owner", (context, args: Args<"sudo_set_rho">) => {
    write(context.state, storage.Rho, [args.netuid, args.rho]);
    deposit(context, subtensor, ["RhoSet", [args.netuid, args.rho]]);
  }),
  sudo_set_network_registration_allowed: setting(
    "root",
    (context, args: Args<"sudo_set_network_registration_allowed">) => {
      write(context.state, storage.NetworkRegistrationAllowed, [args.netuid, args.registration_allowed]);
      deposit(context, subtensor, ["RegistrationAllowed", [args.netuid, args.registration_allowed]]);
    },
  ),
  sudo_set_max_allowed_validators: setting(
    "root",
    (context, args: Args<"sudo_set_max_allowed_validators">) => {
      const limit = read(context.state, storage.MaxAllowedUids, args.netuid);
      ensure(args.max_allowed_validators <= limit, adminUtils, "MaxValidatorsLargerThanMaxUIds");
      write(context.state, storage.MaxAllowedValidators, [args.netuid, args.max_allowed_validators]);
      deposit(context, subtensor, ["MaxAllowedValidatorsSet", [args.netuid, args.max_allowed_validators]]);
    },
  ),
  sudo_set_bonds_moving_average: setting("owner", (context, args: Args<"sudo_set_bonds_moving_average">) => {
    ensure(args.bonds_moving_average <= 1_000_000n, adminUtils, "BondsMovingAverageMaxReached");
    write(context.state, storage.BondsMovingAverage, [args.netuid, args.bonds_moving_average]);
    deposit(context, subtensor, ["BondsMovingAverageSet", [args.netuid, args.bonds_moving_average]]);
  }),
  sudo_set_serving_rate_limit: setting("owner", (context, args: Args<"sudo_set_serving_rate_limit">) => {
    write(context.state, storage.ServingRateLimit, [args.netuid, args.serving_rate_limit]);
    deposit(context, subtensor, ["ServingRateLimitSet", [args.netuid, args.serving_rate_limit]]);
  }),
  sudo_set_bonds_penalty: setting("owner", (context, args: Args<"sudo_set_bonds_penalty">) => {
    write(context.state, storage.BondsPenalty, [args.netuid, args.bonds_penalty]);
    deposit(context, subtensor, ["BondsPenaltySet", [args.netuid, args.bonds_penalty]]);
  }),
  sudo_set_tempo: setting("root", (context, args: Args<"sudo_set_tempo">) => {
    const change = { tempo: args.tempo, block: context.block };
    writeSchedule(context.state, args.netuid, withTempo(readSchedule(context.state, args.netuid), change));
    deposit(context, subtensor, ["TempoSet", [args.netuid, args.tempo]]);
  }),
  sudo_set_commit_reveal_weights_enabled: setting(
    "owner",
    (context, args: Args<"sudo_set_commit_reveal_weights_enabled">) => {
      write(context.state, storage.CommitRevealWeightsEnabled, [args.netuid, args.enabled]);
      deposit(context, subtensor, ["CommitRevealEnabled", [args.netuid, args.enabled]]);
    },
  ),
  sudo_set_commit_reveal_weights_interval: setting(
    "owner",
    (context, args: Args<"sudo_set_commit_reveal_weights_interval">) => {
      ensure(args.interval <= MAX_REVEAL_PERIOD, subtensor, "RevealPeriodTooLarge");
      ensure(args.interval >= 1n, subtensor, "RevealPeriodTooSmall");
      write(context.state, storage.RevealPeriodEpochs, [args.netuid, args.interval]);
      deposit(context, subtensor, ["CommitRevealPeriodsSet", [args.netuid, args.interval]]);
    },
  ),
  sudo_set_liquid_alpha_enabled: setting(
    "owner",
    ({ state }, args: Args<"sudo_set_liquid_alpha_enabled">) => {
      write(state, storage.LiquidAlphaOn, [args.netuid, args.enabled]);
    },
  ),
  sudo_set_alpha_values: setting("owner", ({ state }, args: Args<"sudo_set_alpha_values">) => {
    const isOn = read(state, storage.LiquidAlphaOn, args.netuid);
    ensure(isOn, subtensor, "LiquidAlphaDisabled");
    ensure(args.alpha_high >= MIN_ALPHA, subtensor, "AlphaHighTooLow");
    const isInRange = args.alpha_low >= MIN_ALPHA && args.alpha_low <= args.alpha_high;
    ensure(isInRange, subtensor, "AlphaLowOutOfRange");
    write(state, storage.AlphaValues, [args.netuid, [args.alpha_low, args.alpha_high]]);
  }),
  sudo_set_alpha_sigmoid_steepness: setting(
    "owner",
    (context, args: Args<"sudo_set_alpha_sigmoid_steepness">) => {
      ensure(args.steepness >= 0, adminUtils, "NegativeSigmoidSteepness");
      write(context.state, storage.AlphaSigmoidSteepness, [args.netuid, args.steepness]);
      deposit(context, subtensor, ["AlphaSigmoidSteepnessSet", [args.netuid, args.steepness]]);
    },
  ),
  sudo_set_yuma3_enabled: setting("owner", (context, args: Args<"sudo_set_yuma3_enabled">) => {
    write(context.state, storage.Yuma3On, [args.netuid, args.enabled]);
    deposit(context, adminUtils, ["Yuma3EnableToggled", args]);
  }),
  sudo_set_bonds_reset_enabled: setting("owner", (context, args: Args<"sudo_set_bonds_reset_enabled">) => {
    write(context.state, storage.BondsResetOn, [args.netuid, args.enabled]);
    deposit(context, adminUtils, ["BondsResetToggled", args]);
  }),
  sudo_set_mechanism_count: setting("owner", setMechanismCount),
  sudo_set_mechanism_emission_split: setting("owner", setEmissionSplit),
  sudo_set_subnet_owner_cut: globalSetting((context, args: Args<"sudo_set_subnet_owner_cut">) => {
    write(context.state, storage.SubnetOwnerCut, [args.subnet_owner_cut]);
    deposit(context, subtensor, ["SubnetOwnerCutSet", [args.subnet_owner_cut]]);
  }),
  sudo_set_stake_threshold: globalSetting((context, args: Args<"sudo_set_stake_threshold">) => {
    write(context.state, storage.StakeThreshold, [args.min_stake]);
    deposit(context, subtensor, ["StakeThresholdSet", [args.min_stake]]);
  }),
  sudo_set_commit_reveal_version: globalSetting((context, args: Args<"sudo_set_commit_reveal_version">) => {
    write(context.state, storage.CommitRevealWeightsVersion, [args.version]);
    deposit(context, subtensor, ["CommitRevealVersionSet", [args.version]]);
  }),
  sudo_set_admin_freeze_window: globalSetting((context, args: Args<"sudo_set_admin_freeze_window">) => {
    write(context.state, storage.AdminFreezeWindow, [args.window]);
    deposit(context, subtensor, ["AdminFreezeWindowSet", [args.window]]);
  }),
  sudo_set_max_epochs_per_block: globalSetting((context, args: Args<"sudo_set_max_epochs_per_block">) => {
    write(context.state, storage.MaxEpochsPerBlock, [args.max_epochs_per_block]);
    deposit(context, subtensor, ["MaxEpochsPerBlockSet", [args.max_epochs_per_block]]);
  }),
};

/** New mechanisms start without scores; those taken away lose what is stored under their index. */
function setMechanismCount({ state }: Context, args: Args<"sudo_set_mechanism_count">): void {
  const { netuid, mechanism_count: count } = args;
  const isAllowed = count > 0 && count <= read(state, storage.MaxMechanismCount);
  ensure(isAllowed, subtensor, "InvalidValue");
  const uids = read(state, storage.MaxAllowedUids, netuid);
  ensure(uids * count <= MAX_UIDS_TIMES_MECHANISMS, subtensor, "TooManyUIDsPerMechanism");
  const n = read(state, storage.SubnetworkN, netuid);
  for (const index of mechanismIndices(state, netuid).slice(count)) forgetMechanism({ state, index, n });
  remove(state, storage.MechanismEmissionSplit, netuid);
  write(state, storage.MechanismCountCurrent, [netuid, count]);
}

function forgetMechanism({ state, index, n }: { state: Context["state"]; index: number; n: number }): void {
  remove(state, storage.Incentive, index);
  remove(state, storage.LastUpdate, index);
  for (let uid = 0; uid < n; uid += 1) {
    remove(state, storage.Weights, index, uid);
    remove(state, storage.Bonds, index, uid);
  }
}

/** A split names one u16 share per mechanism; together they are the whole. None divides equally. */
function setEmissionSplit({ state }: Context, args: Args<"sudo_set_mechanism_emission_split">): void {
  const { netuid, maybe_split: split } = args;
  if (split === undefined) return remove(state, storage.MechanismEmissionSplit, netuid);
  const isWhole = split.reduce((a, b) => a + b, 0) === U16_MAX;
  if (!isWhole || split.length > mechanismIndices(state, netuid).length)
    throw refusal(subtensor, "InvalidValue");
  write(state, storage.MechanismEmissionSplit, [netuid, split]);
}
