import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import type { G1Point, G2Point } from "../points.ts";
import { gtBytes } from "./gt-bytes.ts";

/** The one-time scalar of a ciphertext: SHA-256 of sigma and the body's key as a big-endian integer, mod the order. */
export function oneTimeScalar(sigma: Uint8Array, esk: Uint8Array): bigint {
  return bls12_381.fields.Fr.create(BigInt(`0x${bytesToHex(sha256(concatBytes(sigma, esk)))}`));
}

/** The one-time public key of a scalar. */
export function oneTimeKey(scalar: bigint): G2Point {
  return bls12_381.G2.Point.BASE.multiply(scalar);
}

/** The 32 bytes that hide sigma: SHA-256 of the pairing of the two points. */
export function pairingMask(g1: G1Point, g2: G2Point): Uint8Array {
  return sha256(gtBytes(bls12_381.pairing(g1, g2)));
}

/** Each byte of one with the byte of the other, exclusively or; both of one length. */
export function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}
