import { named } from "../../metadata/declare.ts";
import { vec } from "../../scale/composites.ts";
import { u8, u16, u64 } from "../../scale/primitives.ts";
import { accountId } from "../../scale/substrate.ts";

export const calls = {
  set_weights: named(0, { netuid: u16, dests: vec(u16), weights: vec(u16), version_key: u64 }),
  add_stake: named(2, { hotkey: accountId, netuid: u16, amount_staked: u64 }),
  burned_register: named(7, { netuid: u16, hotkey: accountId }),
  register_network: named(59, { hotkey: accountId }),
  set_mechanism_weights: named(119, {
    netuid: u16,
    mecid: u8,
    dests: vec(u16),
    weights: vec(u16),
    version_key: u64,
  }),
};
