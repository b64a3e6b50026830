import { activityCutoffBlocks } from "@assay/core";
import type { StorageItem } from "../metadata/pallet.ts";
import { subtensor } from "../runtime/runtime.ts";
import type { TypeOf } from "../scale/type.ts";
import { read } from "../state/access.ts";
import type { hyperparamEntry } from "./declarations.ts";
import type { ApiView } from "./view.ts";

const { storage } = subtensor;

type Entry = TypeOf<typeof hyperparamEntry>;
type Value = Entry["value"];

/** `get_subnet_hyperparams_v3`: names and values in the runtime's order; undefined without such a subnet. */
export function hyperparameters(view: ApiView, netuid: number): Entry[] | undefined {
  const { state } = view;
  if (!read(state, storage.NetworksAdded, netuid)) return undefined;
  const get = <V>(item: StorageItem<readonly [number], V, V>): V => read(state, item, netuid);
  const tempo = get(storage.Tempo);
  const factorMilli = get(storage.ActivityCutoffFactorMilli);
  const [alphaLow, alphaHigh] = get(storage.AlphaValues);
  return [
    u16("kappa", get(storage.Kappa)),
    u16("immunity_period", get(storage.ImmunityPeriod)),
    u16("min_allowed_weights", get(storage.MinAllowedWeights)),
    u16("max_weights_limit", get(storage.MaxWeightsLimit)),
    u16("tempo", tempo),
    u64("weights_version", get(storage.WeightsVersionKey)),
    u64("weights_rate_limit", get(storage.WeightsSetRateLimit)),
    u16("activity_cutoff", Math.min(65_535, activityCutoffBlocks({ factorMilli, tempo }))),
    entry("activity_cutoff_factor", { tag: "U32", value: factorMilli }),
    flag("registration_allowed", get(storage.NetworkRegistrationAllowed)),
    u16("target_regs_per_interval", get(storage.TargetRegistrationsPerInterval)),
    tao("min_burn", get(storage.MinBurn)),
    tao("max_burn", get(storage.MaxBurn)),
    u16("burn_half_life", get(storage.BurnHalfLife)),
    entry("burn_increase_mult", { tag: "U64F64", value: get(storage.BurnIncreaseMult) }),
    u64("bonds_moving_avg", get(storage.BondsMovingAverage)),
    u16("max_regs_per_block", get(storage.MaxRegistrationsPerBlock)),
    u64("serving_rate_limit", get(storage.ServingRateLimit)),
    u16("max_validators", get(storage.MaxAllowedValidators)),
    u64("commit_reveal_period", get(storage.RevealPeriodEpochs)),
    flag("commit_reveal_weights_enabled", get(storage.CommitRevealWeightsEnabled)),
    u16("alpha_high", alphaHigh),
    u16("alpha_low", alphaLow),
    flag("liquid_alpha_enabled", get(storage.LiquidAlphaOn)),
    entry("alpha_sigmoid_steepness", steepness(get(storage.AlphaSigmoidSteepness))),
    u16("yuma_version", get(storage.Yuma3On) ? 3 : 2),
    flag("subnet_is_active", get(storage.SubtokenEnabled)),
    flag("transfers_enabled", get(storage.TransferToggle)),
    flag("bonds_reset_enabled", get(storage.BondsResetOn)),
    flag("user_liquidity_enabled", false),
    flag("owner_cut_enabled", get(storage.OwnerCutEnabled)),
    flag("owner_cut_auto_lock_enabled", get(storage.OwnerCutAutoLockEnabled)),
    u16("min_childkey_take", get(storage.MinChildkeyTakePerSubnet)),
  ];
}

const utf8 = new TextEncoder();
const entry = (name: string, value: Value): Entry => ({ name: utf8.encode(name), value });
const flag = (name: string, value: boolean): Entry => entry(name, { tag: "Bool", value });
const u16 = (name: string, value: number): Entry => entry(name, { tag: "U16", value });
const u64 = (name: string, value: bigint): Entry => entry(name, { tag: "U64", value });
const tao = (name: string, value: bigint): Entry => entry(name, { tag: "TaoBalance", value });
/** An I32F32: the whole number in its upper half. */
const steepness = (value: number): Value => ({ tag: "I32F32", value: { bits: BigInt(value) << 32n } });
