import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { TimelockError } from "../errors.ts";
import { fromHex, toHex } from "../hex.ts";
import { decodeG2, type G2Point } from "../points.ts";

/** The one scheme supported: unchained rounds, signatures in G1, public key in G2, hashed as RFC 9380 says. */
export const BEACON_SCHEME = "bls-unchained-g1-rfc9380";

/** A drand network: who signs the rounds and when. Hex carries 0x. */
export type Beacon = {
  readonly id: string;
  readonly scheme: string;
  /** Point of G2, compressed, 96 bytes. */
  readonly publicKey: string;
  /** Unix seconds at which round 1 is published. */
  readonly genesisTime: number;
  readonly periodSeconds: number;
  readonly groupHash: string;
  /** What drand names the network by, see {@link chainHash}. */
  readonly chainHash: string;
};

/** What a beacon's chain hash is made of. */
export type BeaconIdentity = Omit<Beacon, "chainHash" | "scheme">;

const MAX_U32 = 0xffff_ffff;

/**
 * The hash that names a drand network: SHA-256 of period (u32), genesis time (i64), both big-endian, public key,
 * group hash and id. It binds the numbers of a beacon to each other.
 */
export function chainHash(beacon: BeaconIdentity): string {
  const times = new DataView(new ArrayBuffer(12));
  times.setUint32(0, beacon.periodSeconds);
  times.setBigInt64(4, BigInt(beacon.genesisTime));
  const parts = [bytesOf(beacon, "publicKey"), bytesOf(beacon, "groupHash"), utf8ToBytes(beacon.id)];
  return toHex(sha256(concatBytes(new Uint8Array(times.buffer), ...parts)));
}

/** Refuses a beacon of another scheme, with a key that is no point, or whose hash names other values. */
export function assertBeacon(beacon: Beacon): void {
  if (beacon.scheme !== BEACON_SCHEME) throw invalid("scheme", `is ${beacon.scheme}, not ${BEACON_SCHEME}`);
  if (!isU32(beacon.genesisTime)) throw invalid("genesisTime", "is no unix time in seconds");
  if (!isU32(beacon.periodSeconds) || beacon.periodSeconds === 0)
    throw invalid("periodSeconds", "is no positive number of seconds");
  publicKeyOf(beacon);
  const named = chainHash(beacon);
  if (named !== beacon.chainHash.toLowerCase())
    throw invalid("chainHash", `names other values than ${named}`);
}

let last: { readonly publicKey: string; readonly point: G2Point } | undefined;

/** The point of a beacon's public key; finding out that it is one costs a multiplication, so the last is kept. */
export function publicKeyOf(beacon: Beacon): G2Point {
  const { publicKey } = beacon;
  if (last?.publicKey === publicKey) return last.point;
  const point = decodeG2(bytesOf(beacon, "publicKey"));
  if (point === undefined) throw invalid("publicKey", "is no point of G2");
  last = { publicKey, point };
  return point;
}

function bytesOf(beacon: BeaconIdentity, field: "publicKey" | "groupHash"): Uint8Array {
  const bytes = fromHex(beacon[field]);
  if (bytes === undefined) throw invalid(field, "is no hex");
  return bytes;
}

function isU32(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_U32;
}

function invalid(field: string, reason: string): TimelockError {
  const facts = { code: "TIMELOCK_BEACON_INVALID", field, reason } as const;
  return new TimelockError(facts, `The beacon's ${field} ${reason}.`);
}
