import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { TimelockError } from "../errors.ts";
import { decodeG2, G2_BYTES, type G2Point } from "../points.ts";
import { foreignFormat } from "./foreign.ts";

/** A timelock ciphertext taken apart. */
export type Ciphertext = {
  /** The one-time public key. */
  readonly u: G2Point;
  /** Sigma under the round's key, 32 bytes. */
  readonly v: Uint8Array;
  /** The body's key under sigma, 32 bytes. */
  readonly w: Uint8Array;
  /** AES-256-GCM output: as long as the plaintext, then a tag of 16 bytes. */
  readonly sealed: Uint8Array;
  /** 12 bytes. */
  readonly nonce: Uint8Array;
};

/** The longest commit a subnet under Yuma Consensus takes. */
export const MAX_COMMIT_BYTES = 5000;
/** What encryption adds to a plaintext. */
export const CIPHERTEXT_OVERHEAD = 244;
export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;

const TAG_BYTES = 16;
const SUITE = utf8ToBytes("AES_GCM_");

/** The bytes of a ciphertext, exactly as the chain's own library writes them. */
export function serialiseCiphertext({ u, v, w, sealed, nonce }: Ciphertext): Uint8Array {
  const body = concatBytes(prefixed(sealed), prefixed(nonce));
  return concatBytes(u.toBytes(), prefixed(v), prefixed(w), prefixed(body), prefixed(SUITE));
}

/**
 * Takes a ciphertext apart. Stricter than the chain, which lets bytes follow and ignores the suite: what is accepted here is
 * exactly what encryption can have written.
 */
export function parseCiphertext(bytes: Uint8Array): Ciphertext {
  assertFits(bytes.length);
  const sealedBytes = bytes.length - CIPHERTEXT_OVERHEAD + TAG_BYTES;
  if (sealedBytes < TAG_BYTES) throw malformed(bytes, { field: "length", reason: "is too short" });
  const parts = reader(bytes);
  const key = parts.take(G2_BYTES);
  const v = parts.vector("V", KEY_BYTES);
  const w = parts.vector("W", KEY_BYTES);
  parts.prefix("body", sealedBytes + NONCE_BYTES + 16);
  const sealed = parts.vector("sealed", sealedBytes);
  const nonce = parts.vector("nonce", NONCE_BYTES);
  const suite = parts.vector("suite", SUITE.length);
  if (suite.some((byte, i) => byte !== SUITE[i]))
    throw malformed(bytes, { field: "suite", reason: "is another" });
  const u = decodeG2(key);
  if (u === undefined) throw malformed(bytes, { field: "U", reason: "is no point of G2" });
  return { u, v, w, sealed, nonce };
}

/** Refuses a commit longer than the chain takes. */
export function assertFits(bytes: number): void {
  if (bytes <= MAX_COMMIT_BYTES) return;
  const message = `A commit of ${bytes} bytes is more than the ${MAX_COMMIT_BYTES} the chain takes.`;
  throw new TimelockError({ code: "TIMELOCK_COMMIT_TOO_LONG", bytes, limit: MAX_COMMIT_BYTES }, message);
}

/** Every length is known from the total, so a prefix is compared, never followed. */
function reader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const take = (length: number): Uint8Array => Uint8Array.from(bytes.subarray(at, (at += length)));
  const prefix = (field: string, expected: number): void => {
    const actual = view.getBigUint64(at, true);
    if (actual !== BigInt(expected))
      throw malformed(bytes, { field, reason: `is said to have ${actual} bytes, not ${expected}` });
    at += 8;
  };
  const vector = (field: string, length: number): Uint8Array => {
    prefix(field, length);
    return take(length);
  };
  return { take, prefix, vector };
}

function prefixed(bytes: Uint8Array): Uint8Array {
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(bytes.length), true);
  return concatBytes(new Uint8Array(length.buffer), bytes);
}

function malformed(bytes: Uint8Array, fault: { field: string; reason: string }): TimelockError {
  const format = foreignFormat(bytes);
  if (format === undefined) {
    const message = `Not a timelock ciphertext of the chain's format: ${fault.field} ${fault.reason}.`;
    return new TimelockError({ code: "TIMELOCK_CIPHERTEXT_MALFORMED", ...fault }, message);
  }
  const message = `This is a ciphertext of ${format}. The chain would store it and never reveal it.`;
  return new TimelockError({ code: "TIMELOCK_CIPHERTEXT_FOREIGN", format }, message);
}
