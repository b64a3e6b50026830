import { gcm } from "@noble/ciphers/aes.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { assertLength } from "../assert.ts";
import { type Beacon, publicKeyOf } from "../beacon/beacon.ts";
import { roundPoint } from "../beacon/pulse.ts";
import {
  assertFits,
  CIPHERTEXT_OVERHEAD,
  KEY_BYTES,
  NONCE_BYTES,
  serialiseCiphertext,
} from "./ciphertext.ts";
import { oneTimeKey, oneTimeScalar, pairingMask, xor } from "./ibe.ts";

/** What makes two encryptions of one plaintext differ; each value is secret until the round and never used again. */
export type EncryptionRandomness = {
  /** Key of the body, 32 bytes. */
  readonly esk: Uint8Array;
  /** 32 bytes. */
  readonly sigma: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
};

/** For which beacon and round to encrypt. */
export type EncryptionTarget = {
  readonly beacon: Beacon;
  readonly round: number;
  /** Only to reproduce known bytes; by default the system's randomness. */
  readonly randomness?: EncryptionRandomness;
};

/**
 * Encrypts bytes so that anybody can read them once the beacon has published the round, and nobody before: Boneh–Franklin
 * identity-based encryption of a one-time key, AES-256-GCM under that key. Byte-exact with the chain's library.
 */
export function encrypt(plaintext: Uint8Array, { beacon, round, randomness }: EncryptionTarget): Uint8Array {
  assertFits(plaintext.length + CIPHERTEXT_OVERHEAD);
  const { esk, sigma, nonce } = checked(randomness ?? freshRandomness());
  const scalar = oneTimeScalar(sigma, esk);
  // e(r·Q, P) = e(Q, r·P), and multiplying in G1 is the cheaper.
  const mask = pairingMask(roundPoint(round).multiply(scalar), publicKeyOf(beacon));
  const v = xor(sigma, mask);
  const w = xor(esk, sha256(sigma));
  return serialiseCiphertext({
    u: oneTimeKey(scalar),
    v,
    w,
    sealed: gcm(esk, nonce).encrypt(plaintext),
    nonce,
  });
}

function freshRandomness(): EncryptionRandomness {
  return { esk: randomBytes(KEY_BYTES), sigma: randomBytes(KEY_BYTES), nonce: randomBytes(NONCE_BYTES) };
}

function checked(randomness: EncryptionRandomness): EncryptionRandomness {
  assertLength("esk", randomness.esk, KEY_BYTES);
  assertLength("sigma", randomness.sigma, KEY_BYTES);
  assertLength("nonce", randomness.nonce, NONCE_BYTES);
  return randomness;
}
