import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { QUICKNET } from "../beacon/quicknet.ts";
import { refusalOf } from "../test/refusal.ts";
import { tlock } from "../test/vectors.ts";
import { CIPHERTEXT_OVERHEAD, MAX_COMMIT_BYTES } from "./ciphertext.ts";
import { type EncryptionRandomness, encrypt } from "./encrypt.ts";

const target = { beacon: QUICKNET, round: 1000 };
const zeros: EncryptionRandomness = {
  esk: new Uint8Array(32),
  sigma: new Uint8Array(32),
  nonce: new Uint8Array(12),
};

test.each(tlock.rustCiphertexts)("the bytes are those of the Rust crate: $name", (vector) => {
  const { esk, sigma, nonce } = vector.randomness;
  const randomness = { esk: hexToBytes(esk), sigma: hexToBytes(sigma), nonce: hexToBytes(nonce) };
  const ciphertext = encrypt(hexToBytes(vector.plaintext), { ...target, round: vector.round, randomness });
  expect(bytesToHex(ciphertext)).toBe(vector.ciphertext);
});

test("two encryptions of the same bytes share nothing but their frame", () => {
  const [a, b] = [encrypt(new Uint8Array(8), target), encrypt(new Uint8Array(8), target)];
  const secretRanges: [number, number][] = [
    [0, 96],
    [104, 136],
    [144, 176],
    [192, 216],
    [224, 236],
  ];
  for (const range of secretRanges) expect(a.slice(...range)).not.toEqual(b.slice(...range));
});

test("the longest plaintext fits exactly, one byte more is refused", () => {
  const longest = MAX_COMMIT_BYTES - CIPHERTEXT_OVERHEAD;
  expect(encrypt(new Uint8Array(longest), target)).toHaveLength(MAX_COMMIT_BYTES);
  expect(refusalOf(() => encrypt(new Uint8Array(longest + 1), target))).toBe("TIMELOCK_COMMIT_TOO_LONG");
});

test.each(["esk", "sigma", "nonce"] as const)("%s of another length is refused", (name) => {
  const randomness = { ...zeros, [name]: new Uint8Array(31) };
  expect(refusalOf(() => encrypt(new Uint8Array(), { ...target, randomness }))).toBe("TIMELOCK_WRONG_LENGTH");
});

test("a round that is none and a beacon without a key are refused", () => {
  expect(refusalOf(() => encrypt(new Uint8Array(), { ...target, round: 0 }))).toBe("TIMELOCK_OUT_OF_RANGE");
  const keyless = { ...QUICKNET, publicKey: "0x" };
  expect(refusalOf(() => encrypt(new Uint8Array(), { beacon: keyless, round: 1 }))).toBe(
    "TIMELOCK_BEACON_INVALID",
  );
});
