import { hexToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { encrypt } from "../cipher/encrypt.ts";
import { own } from "../test/own-beacon.ts";
import { refusalOf } from "../test/refusal.ts";
import { recordedPulse, tlock, weightsOf } from "../test/vectors.ts";
import { openWeights, sealWeights, timelockedCommitHash } from "./timelocked-commit.ts";

const round = 5;
const target = { beacon: own.beacon, round };
const weights = weightsOf(tlock.payloads.items[0]!);
/** Weights on the first so many uids. */
const row = (count: number) => {
  const uids = Array.from({ length: count }, (_, uid) => uid);
  return { ...weights, uids, values: uids };
};

test("weights in the Rust crate's ciphertext are read as they were meant", () => {
  const { ciphertext = "", round: at = 0 } = tlock.rustCiphertexts[0] ?? {};
  expect(openWeights(hexToBytes(ciphertext), recordedPulse(at))).toEqual(weights);
});

test("sealed weights open with the pulse of the round that travels beside them", () => {
  const { commit, revealRound } = sealWeights(weights, target);
  expect(revealRound).toBe(round);
  expect(openWeights(commit, own.signRound(revealRound))).toEqual(weights);
  expect(refusalOf(() => openWeights(commit, own.signRound(revealRound + 1)))).toBe(
    "TIMELOCK_DECRYPTION_FAILED",
  );
});

test("a commit is as long as the chain's: 303 bytes for 4 uids, 1,313 for 256", () => {
  const lengths = [4, 256].map((count) => sealWeights(row(count), target).commit.length);
  expect(lengths).toEqual([303, 1313]);
});

test("1,177 entries fit, one more does not", () => {
  expect(sealWeights(row(1177), target).commit).toHaveLength(4997);
  expect(refusalOf(() => sealWeights(row(1178), target))).toBe("TIMELOCK_COMMIT_TOO_LONG");
});

test("the hash is BLAKE2b with 256 bits, not one cut short", () => {
  const { commit, hash } = sealWeights(weights, target);
  expect(hash).toBe(timelockedCommitHash(commit));
  // RFC 7693 fixes the digest's length into the hash: this is the known 256-bit digest of "abc".
  expect(timelockedCommitHash(new TextEncoder().encode("abc"))).toBe(
    "0xbddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
  );
});

test("bytes that open but are no weights are refused", () => {
  const commit = encrypt(Uint8Array.of(1, 2, 3), target);
  expect(refusalOf(() => openWeights(commit, own.signRound(round)))).toBe("TIMELOCK_PAYLOAD_MALFORMED");
});
