import { blake2b } from "@noble/hashes/blake2.js";
import type { Pulse } from "../beacon/pulse.ts";
import { decrypt } from "../cipher/decrypt.ts";
import { type EncryptionTarget, encrypt } from "../cipher/encrypt.ts";
import { toHex } from "../hex.ts";
import { type DecodedPayload, decodePayload, encodePayload, type WeightsPayload } from "./payload.ts";

/** The version of commit-reveal these commits are of; a chain that asks for another must not be sent any. */
export const COMMIT_REVEAL_VERSION = 4;

/** A timelocked commit: its arguments of the extrinsic, and the hash its event carries. */
export type TimelockedCommit = {
  readonly commit: Uint8Array;
  /** Travels in clear beside the bytes, which do not contain it. */
  readonly revealRound: number;
  /** BLAKE2b-256 of the bytes, hex with 0x. */
  readonly hash: string;
};

/** Seals weights until a round. */
export function sealWeights(weights: WeightsPayload, target: EncryptionTarget): TimelockedCommit {
  const commit = encrypt(encodePayload(weights), target);
  return { commit, revealRound: target.round, hash: timelockedCommitHash(commit) };
}

/** The weights in a commit, once its round's pulse is out. Whose they are is for the caller to compare. */
export function openWeights(commit: Uint8Array, pulse: Pulse): DecodedPayload {
  return decodePayload(decrypt(commit, pulse));
}

/** The hash by which the chain's event names a timelocked commit: BLAKE2b-256 of its bytes, hex with 0x. */
export function timelockedCommitHash(commit: Uint8Array): string {
  return toHex(blake2b(commit, { dkLen: 32 }));
}
