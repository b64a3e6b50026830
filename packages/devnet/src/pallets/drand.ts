import { QUICKNET } from "@assay/timelock";
import { blake2, named, optionalMap, value } from "../metadata/declare.ts";
import { definePallet } from "../metadata/pallet.ts";
import { struct, vec } from "../scale/composites.ts";
import { hexToBytes } from "../scale/hex.ts";
import { bytes, u32, u64 } from "../scale/primitives.ts";

const metadataType = struct("pallet_drand::types::Metadata", { beacon_id: bytes });

const beaconConfiguration = struct("pallet_drand::types::BeaconConfiguration", {
  public_key: bytes,
  period: u32,
  genesis_time: u32,
  hash: bytes,
  group_hash: bytes,
  scheme_id: bytes,
  metadata: metadataType,
});

const pulse = struct("pallet_drand::types::Pulse", { round: u64, randomness: bytes, signature: bytes });

const ascii = (text: string) => new TextEncoder().encode(text);

/** What mainnet reads while nothing else was set: drand quicknet. */
const DEFAULT_CONFIG = {
  public_key: hexToBytes(QUICKNET.publicKey),
  period: QUICKNET.periodSeconds,
  genesis_time: QUICKNET.genesisTime,
  hash: hexToBytes(QUICKNET.chainHash),
  group_hash: hexToBytes(QUICKNET.groupHash),
  scheme_id: ascii(QUICKNET.scheme),
  metadata: { beacon_id: ascii(QUICKNET.id) },
};

export const drand = definePallet({
  name: "Drand",
  index: 26,
  crate: "pallet_drand",
  storage: {
    BeaconConfig: value(beaconConfiguration, DEFAULT_CONFIG),
    Pulses: optionalMap([blake2(u64)], pulse),
    LastStoredRound: value(u64, 0n),
    OldestStoredRound: value(u64, 0n),
  },
  calls: {},
  events: { NewPulse: named(1, { rounds: vec(u64) }) },
  errors: {},
  constants: {},
});
