import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { assertLength } from "../assert.ts";
import { toHex } from "../hex.ts";
import { assertBeacon, BEACON_SCHEME, type Beacon, chainHash } from "./beacon.ts";
import { type Pulse, pulseOf, roundPoint } from "./pulse.ts";

/** When a development beacon publishes, and its name. */
export type BeaconSettings = Pick<Beacon, "id" | "genesisTime" | "periodSeconds">;

/** A beacon whose secret one holds: it can publish any round at any time, so it protects nothing but tests. */
export type OwnBeacon = { readonly beacon: Beacon; readonly signRound: (round: number) => Pulse };

const SEED_BYTES = 48;

/** A beacon for a development chain from any 32 secret bytes; the same ones give the same beacon. */
export function createBeacon(secret: Uint8Array, settings: BeaconSettings): OwnBeacon {
  assertLength("secret", secret, 32);
  const { shortSignatures: scheme, utils } = bls12_381;
  const key = utils.randomSecretKey(sha512(secret).subarray(0, SEED_BYTES));
  const publicKey = scheme.getPublicKey(key).toBytes();
  const identity = { ...settings, publicKey: toHex(publicKey), groupHash: toHex(sha256(publicKey)) };
  const beacon = { ...identity, scheme: BEACON_SCHEME, chainHash: chainHash(identity) };
  assertBeacon(beacon);
  return { beacon, signRound: (round) => pulseOf(round, scheme.sign(roundPoint(round), key)) };
}
