import { blake2b } from "@noble/hashes/blake2.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { assertLength } from "../assert.ts";
import { toHex } from "../hex.ts";
import { assertSameLength, type WeightsPayload } from "./payload.ts";
import { u16, u16s, u64 } from "./scale.ts";

/** What a hash commit commits to; the salt and all else must be kept until it is revealed. */
export type HashedWeights = WeightsPayload & {
  /** Unsigned 16-bit: mechid × 4096 + netuid. */
  readonly storageIndex: number;
  /** Unsigned 16-bit numbers, random, at least eight of them. */
  readonly salt: readonly number[];
};

/** The hash to commit, hex with 0x: BLAKE2b-256 of {@link hashCommitPreimage}. */
export function hashCommit(weights: HashedWeights): string {
  return toHex(blake2b(hashCommitPreimage(weights), { dkLen: 32 }));
}

/** What a hash commit hashes, in SCALE: account, storage index, uids, values, salt, version key. */
export function hashCommitPreimage(weights: HashedWeights): Uint8Array {
  const { hotkey, storageIndex, uids, values, salt, versionKey } = weights;
  assertLength("hotkey", hotkey, 32);
  assertSameLength(uids, values);
  return concatBytes(
    hotkey,
    u16("storageIndex", storageIndex),
    u16s("uids", uids),
    u16s("values", values),
    u16s("salt", salt),
    u64("versionKey", versionKey),
  );
}
