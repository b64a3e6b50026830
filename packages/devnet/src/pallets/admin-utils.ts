import { named } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { option, vec } from "../scale/composites.ts";
import { bool, i16, u8, u16, u64 } from "../scale/primitives.ts";

export const adminUtils = definePallet({
  name: "AdminUtils",
  index: 19,
  crate: "pallet_admin_utils",
  storage: {},
  calls: {
    sudo_set_serving_rate_limit: named(3, { netuid: u16, serving_rate_limit: u64 }),
    sudo_set_weights_version_key: named(6, { netuid: u16, weights_version_key: u64 }),
    sudo_set_weights_set_rate_limit: named(7, { netuid: u16, weights_set_rate_limit: u64 }),
    sudo_set_immunity_period: named(13, { netuid: u16, immunity_period: u16 }),
    sudo_set_min_allowed_weights: named(14, { netuid: u16, min_allowed_weights: u16 }),
    sudo_set_max_allowed_uids: named(15, { netuid: u16, max_allowed_uids: u16 }),
    sudo_set_kappa: named(16, { netuid: u16, kappa: u16 }),
    sudo_set_rho: named(17, { netuid: u16, rho: u16 }),
    sudo_set_network_registration_allowed: named(19, { netuid: u16, registration_allowed: bool }),
    sudo_set_max_allowed_validators: named(25, { netuid: u16, max_allowed_validators: u16 }),
    sudo_set_bonds_moving_average: named(26, { netuid: u16, bonds_moving_average: u64 }),
    sudo_set_subnet_owner_cut: named(28, { subnet_owner_cut: u16 }),
    sudo_set_tempo: named(30, { netuid: u16, tempo: u16 }),
    sudo_set_stake_threshold: named(42, { min_stake: u64 }),
    sudo_set_commit_reveal_weights_enabled: named(49, { netuid: u16, enabled: bool }),
    sudo_set_liquid_alpha_enabled: named(50, { netuid: u16, enabled: bool }),
    sudo_set_alpha_values: named(51, { netuid: u16, alpha_low: u16, alpha_high: u16 }),
    sudo_set_commit_reveal_weights_interval: named(57, { netuid: u16, interval: u64 }),
    sudo_set_bonds_penalty: named(60, { netuid: u16, bonds_penalty: u16 }),
    sudo_set_alpha_sigmoid_steepness: named(68, { netuid: u16, steepness: i16 }),
    sudo_set_yuma3_enabled: named(69, { netuid: u16, enabled: bool }),
    sudo_set_commit_reveal_version: named(71, { version: u16 }),
    sudo_set_bonds_reset_enabled: named(70, { netuid: u16, enabled: bool }),
    sudo_set_admin_freeze_window: named(74, { window: u16 }),
    sudo_set_mechanism_count: named(76, { netuid: u16, mechanism_count: u8 }),
    sudo_set_mechanism_emission_split: named(77, { netuid: u16, maybe_split: option(vec(u16)) }),
    sudo_set_max_epochs_per_block: named(96, { max_epochs_per_block: u8 }),
  },
  events: {
    Yuma3EnableToggled: named(1, { netuid: u16, enabled: bool }),
    BondsResetToggled: named(2, { netuid: u16, enabled: bool }),
  },
  errors: {
    SubnetDoesNotExist: 0,
    MaxValidatorsLargerThanMaxUIds: 1,
    MaxAllowedUIdsLessThanCurrentUIds: 2,
    BondsMovingAverageMaxReached: 3,
    NegativeSigmoidSteepness: 4,
    InvalidValue: 10,
  },
  constants: {},
});
