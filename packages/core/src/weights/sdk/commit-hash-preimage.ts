import { assertWhole } from "../../assert-whole.ts";
import { assertWithin } from "../../assert-within.ts";
import { U16_MAX } from "../../consensus/fixed.ts";
import { CoreError } from "../../errors.ts";

/** What a hash commitment of weights binds. */
export type WeightCommitment = {
  /** Public key of the hotkey, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** u16: see `mechanismStorageIndex`. */
  readonly storageIndex: number;
  /** u16 each, one value per uid. */
  readonly uids: readonly number[];
  readonly values: readonly number[];
  /** u16 each. */
  readonly salt: readonly number[];
  /** u64. */
  readonly versionKey: bigint;
};

const KEY_BYTES = 32;
const U64_MAX = 2n ** 64n - 1n;
/** Longer lists have another length prefix; no row of the chain is that long. */
const MAX_LENGTH = 16_383;

/**
 * The bytes whose BLAKE2b-256 is the hash of a commitment: SCALE of (account, u16 storage index, uids, values, salt, u64
 * version key). The hash itself is the caller's, because this package has no such function.
 *
 * @returns 32 + 2 + three lists of compact length and u16 + 8 bytes, little-endian.
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 * @see opentensor/bittensor 10.2.0, generate_weight_hash; subtensor commit_weights.
 */
export function commitHashPreimage(commitment: WeightCommitment): Uint8Array {
  const { publicKey, storageIndex, uids, values, salt, versionKey } = commitment;
  assertLength("publicKey", publicKey.length, KEY_BYTES);
  assertLength("values", values.length, uids.length);
  return Uint8Array.from([
    ...publicKey,
    ...u16("storageIndex", storageIndex),
    ...u16List("uid", uids),
    ...u16List("value", values),
    ...u16List("salt", salt),
    ...u64(versionKey),
  ]);
}

function u16List(name: string, items: readonly number[]): number[] {
  assertWithin(`${name} count`, items.length, [0, MAX_LENGTH]);
  return [...compact(items.length), ...items.flatMap((item) => u16(name, item))];
}

/** A compact length: one byte below 64, otherwise two, the mode in the two lowest bits. */
function compact(length: number): number[] {
  return length < 64 ? [length * 4] : littleEndian(BigInt(length) * 4n + 1n, 2);
}

function u16(name: string, value: number): number[] {
  assertWhole(name, value);
  assertWithin(name, value, [0, U16_MAX]);
  return littleEndian(BigInt(value), 2);
}

function u64(value: bigint): number[] {
  if (value >= 0n && value <= U64_MAX) return littleEndian(value, 8);
  const range = `0..${U64_MAX}`;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "versionKey", value: String(value), range });
}

function littleEndian(value: bigint, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, place) => Number((value >> BigInt(8 * place)) & 0xffn));
}

function assertLength(name: string, actual: number, expected: number): void {
  if (actual !== expected) throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name, expected, actual });
}
