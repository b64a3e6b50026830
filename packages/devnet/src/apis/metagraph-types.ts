import { axonInfo, chainIdentity, subnetIdentity } from "../pallets/subtensor/types.ts";
import { nullable, option, struct, tuple, vec } from "../scale/composites.ts";
import { bool, compact, u8, u16, u64, u128 } from "../scale/primitives.ts";
import { accountId, i96f32 } from "../scale/substrate.ts";
import type { Type, TypeOf } from "../scale/type.ts";

const text = vec(compact(u8));
const manyU16 = vec(compact(u16));
const manyU64 = vec(compact(u64));
const perAccount = vec(tuple(accountId, compact(u64)));

/** The metagraph without its netuid, in the order that a selection's indices (1 to 71) refer to. */
const common = {
  name: text,
  symbol: text,
  identity: nullable(subnetIdentity),
  network_registered_at: compact(u64),
  owner_hotkey: accountId,
  owner_coldkey: accountId,
  block: compact(u64),
  tempo: compact(u16),
  last_step: compact(u64),
  blocks_since_last_step: compact(u64),
  subnet_emission: compact(u64),
  alpha_in: compact(u64),
  alpha_out: compact(u64),
  tao_in: compact(u64),
  alpha_out_emission: compact(u64),
  alpha_in_emission: compact(u64),
  tao_in_emission: compact(u64),
  pending_alpha_emission: compact(u64),
  pending_root_emission: compact(u64),
  subnet_volume: compact(u128),
  moving_price: i96f32,
  rho: compact(u16),
  kappa: compact(u16),
  min_allowed_weights: compact(u16),
  max_weights_limit: compact(u16),
  weights_version: compact(u64),
  weights_rate_limit: compact(u64),
  activity_cutoff: compact(u64),
  max_validators: compact(u16),
  num_uids: compact(u16),
  max_uids: compact(u16),
  burn: compact(u64),
  difficulty: compact(u64),
  registration_allowed: bool,
  pow_registration_allowed: bool,
  immunity_period: compact(u16),
  min_difficulty: compact(u64),
  max_difficulty: compact(u64),
  min_burn: compact(u64),
  max_burn: compact(u64),
  adjustment_alpha: compact(u64),
  adjustment_interval: compact(u16),
  target_regs_per_interval: compact(u16),
  max_regs_per_block: compact(u16),
  serving_rate_limit: compact(u64),
  commit_reveal_weights_enabled: bool,
  commit_reveal_period: compact(u64),
  liquid_alpha_enabled: bool,
  alpha_high: compact(u16),
  alpha_low: compact(u16),
  bonds_moving_avg: compact(u64),
  hotkeys: vec(accountId),
  coldkeys: vec(accountId),
  identities: vec(nullable(chainIdentity)),
  axons: vec(axonInfo),
  active: vec(bool),
  validator_permit: vec(bool),
  pruning_score: manyU16,
  last_update: manyU64,
  emission: manyU64,
  dividends: manyU16,
  incentives: manyU16,
  consensus: manyU16,
  trust: manyU16,
  rank: manyU16,
  block_at_registration: manyU64,
  alpha_stake: manyU64,
  tao_stake: manyU64,
  total_stake: manyU64,
  tao_dividends_per_hotkey: perAccount,
  alpha_dividends_per_hotkey: perAccount,
};

/** Only a selection can ask for these (indices 72 and 73). */
const selectiveOnly = { validators: manyU16, commitments: vec(tuple(accountId, text)) };

const params = [{ name: "AccountId", shape: accountId.shape }];

export const metagraphType = struct(
  "pallet_subtensor::rpc_info::metagraph::Metagraph",
  { netuid: compact(u16), ...common },
  params,
);
export type MetagraphValue = TypeOf<typeof metagraphType>;

const selectable = { ...common, ...selectiveOnly };
export type SelectableValue = { readonly [K in keyof typeof selectable]: TypeOf<(typeof selectable)[K]> };
export type SelectableField = keyof SelectableValue;

export const selectiveMetagraphType = struct(
  "pallet_subtensor::rpc_info::metagraph::SelectiveMetagraph",
  { netuid: compact(u16), ...optional(selectable) },
  params,
);
export type SelectiveMetagraphValue = TypeOf<typeof selectiveMetagraphType>;

/** Field by index of a selection; index 0, the netuid, is always there. */
export const SELECTABLE_FIELDS: readonly SelectableField[] = keysOf(selectable);

type Optional<F extends Readonly<Record<string, Type<unknown>>>> = {
  readonly [K in keyof F]: Type<TypeOf<F[K]> | undefined>;
};

/** Every field wrapped in an option, under its own name. */
function optional<F extends Readonly<Record<string, Type<unknown>>>>(fields: F): Optional<F> {
  const wrapped: unknown = Object.fromEntries(
    Object.entries(fields).map(([name, type]) => [name, option(type)]),
  );
  return wrapped as Optional<F>;
}

/** Object.keys forgets the literal keys of a record that is known to have no others. */
function keysOf<F extends object>(record: F): (keyof F)[] {
  return Object.keys(record) as (keyof F)[];
}
