import { named } from "../../metadata/declare.ts";
import { vec } from "../../scale/composites.ts";
import { bytes, u8, u16, u32, u64, u128 } from "../../scale/primitives.ts";
import { accountId } from "../../scale/substrate.ts";

const axonFields = {
  netuid: u16,
  version: u32,
  ip: u128,
  port: u16,
  ip_type: u8,
  protocol: u8,
  placeholder1: u8,
  placeholder2: u8,
};

export const calls = {
  set_weights: named(0, { netuid: u16, dests: vec(u16), weights: vec(u16), version_key: u64 }),
  add_stake: named(2, { hotkey: accountId, netuid: u16, amount_staked: u64 }),
  burned_register: named(7, { netuid: u16, hotkey: accountId }),
  serve_axon: named(4, axonFields),
  serve_axon_tls: named(40, { ...axonFields, certificate: bytes }),
  register_network: named(59, { hotkey: accountId }),
  start_call: named(92, { netuid: u16 }),
  set_mechanism_weights: named(119, {
    netuid: u16,
    mecid: u8,
    dests: vec(u16),
    weights: vec(u16),
    version_key: u64,
  }),
  set_tempo: named(139, { netuid: u16, tempo: u16 }),
  set_activity_cutoff_factor: named(140, { netuid: u16, factor_milli: u32 }),
  trigger_epoch: named(141, { netuid: u16 }),
};
