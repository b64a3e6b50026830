import { type Beacon, createBeacon, type OwnBeacon, QUICKNET } from "@assay/timelock";
import { drand } from "../runtime/runtime.ts";
import { bytesToHex, hexToBytes } from "../scale/hex.ts";
import { read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";

const { storage } = drand;

/** Public on purpose: whoever holds it reads sealed weights early, which on a development chain is a feature. */
const SECRET = new TextEncoder().encode("Assay devnet: beacon, no secret!");
const BEACON_ID = "assay-devnet";

let known: OwnBeacon | undefined;

/** Rounds whose pulses are kept: a reorganisation and every chain of the same time ask for the same ones again. */
const MOST_PULSES = 4_096;

/** Names the devnet's own beacon in the state: quicknet's pace, begun before the chain. */
export function writeBeacon(state: State, startTimeMs: number): void {
  const genesisTime = Math.min(QUICKNET.genesisTime, Math.floor(startTimeMs / 1_000));
  const { beacon } = ownBeacon(genesisTime);
  write(state, storage.BeaconConfig, [
    {
      public_key: hexToBytes(beacon.publicKey),
      period: beacon.periodSeconds,
      genesis_time: beacon.genesisTime,
      hash: hexToBytes(beacon.chainHash),
      group_hash: hexToBytes(beacon.groupHash),
      scheme_id: new TextEncoder().encode(beacon.scheme),
      metadata: { beacon_id: new TextEncoder().encode(beacon.id) },
    },
  ]);
}

/** The beacon whose pulses open this chain's commits. */
export function beaconOf(state: StateReader): Beacon {
  const config = read(state, storage.BeaconConfig);
  const text = (raw: Uint8Array) => new TextDecoder().decode(raw);
  return {
    id: text(config.metadata.beacon_id),
    scheme: text(config.scheme_id),
    publicKey: bytesToHex(config.public_key),
    genesisTime: config.genesis_time,
    periodSeconds: config.period,
    groupHash: bytesToHex(config.group_hash),
    chainHash: bytesToHex(config.hash),
  };
}

/** The devnet's own beacon if it is the one the state names: no other can be published here. */
export function publisherOf(state: StateReader): OwnBeacon | undefined {
  const named = beaconOf(state);
  const own = ownBeacon(named.genesisTime);
  return own.beacon.chainHash === named.chainHash ? own : undefined;
}

/** Making one costs a multiplication of points, so the last is kept. */
function ownBeacon(genesisTime: number): OwnBeacon {
  if (known?.beacon.genesisTime !== genesisTime) {
    const { periodSeconds } = QUICKNET;
    known = remembering(createBeacon(SECRET, { id: BEACON_ID, genesisTime, periodSeconds }));
  }
  return known;
}

/** Signing a round costs milliseconds, and the same round has the same pulse. */
function remembering({ beacon, signRound }: OwnBeacon): OwnBeacon {
  const pulses = new Map<number, ReturnType<typeof signRound>>();
  return {
    beacon,
    signRound(round) {
      const pulse = pulses.get(round) ?? signRound(round);
      if (pulses.size >= MOST_PULSES) pulses.clear();
      pulses.set(round, pulse);
      return pulse;
    },
  };
}
