import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { TimelockError } from "../errors.ts";
import { decodeG1, type G1Point } from "../points.ts";
import { type Beacon, publicKeyOf } from "./beacon.ts";
import { assertRound } from "./rounds.ts";

/** A beacon's signature of a round as it travels: 48 bytes, unchecked. */
export type SignedRound = { readonly round: number; readonly signature: Uint8Array };

/** Present only on pulses made in this folder, so that no unchecked signature can decrypt. */
export const POINT: unique symbol = Symbol("point");

/** A round's signature that is known to be the beacon's, and the randomness it yields. */
export type Pulse = SignedRound & { readonly randomness: Uint8Array; readonly [POINT]: G1Point };

const DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** What a beacon signs for a round: SHA-256 of the number as 8 bytes, big-endian. */
export function roundMessage(round: number): Uint8Array {
  assertRound(round);
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigUint64(0, BigInt(round));
  return sha256(new Uint8Array(bytes.buffer));
}

/** A round hashed to the signature group: the identity its ciphertexts are for. */
export function roundPoint(round: number): G1Point {
  return bls12_381.G1.hashToCurve(roundMessage(round), { DST });
}

/**
 * The pulse of a signature that is the beacon's; any other is refused. Without this check a forged pulse could make a forged
 * ciphertext look genuine.
 */
export function verifyPulse(beacon: Beacon, { round, signature }: SignedRound): Pulse {
  const message = roundPoint(round);
  const point = decodeG1(signature);
  if (point === undefined) throw invalid(round, "is no point of G1");
  if (!bls12_381.shortSignatures.verify(point, message, publicKeyOf(beacon)))
    throw invalid(round, `is not by the beacon ${beacon.id}`);
  return pulseOf(round, point);
}

/** The pulse of a signature just made or checked. */
export function pulseOf(round: number, point: G1Point): Pulse {
  const signature = point.toBytes();
  return { round, signature, randomness: sha256(signature), [POINT]: point };
}

function invalid(round: number, reason: string): TimelockError {
  const facts = { code: "TIMELOCK_PULSE_INVALID", round, reason } as const;
  return new TimelockError(facts, `The signature of round ${round} ${reason}.`);
}
