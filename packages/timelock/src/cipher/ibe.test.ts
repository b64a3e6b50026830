import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { publicKeyOf } from "../beacon/beacon.ts";
import { roundPoint } from "../beacon/pulse.ts";
import { QUICKNET } from "../beacon/quicknet.ts";
import { tlock } from "../test/vectors.ts";
import { gtBytes } from "./gt-bytes.ts";
import { oneTimeKey, oneTimeScalar, pairingMask, xor } from "./ibe.ts";

const { intermediates } = tlock;
const { esk = "", sigma = "" } = tlock.rustCiphertexts[0]?.randomness ?? {};
const scalar = oneTimeScalar(hexToBytes(sigma), hexToBytes(esk));

test("the one-time scalar and key are the reference's", () => {
  expect(scalar.toString(16).padStart(64, "0")).toBe(intermediates.r);
  expect(oneTimeKey(scalar).toHex()).toBe(intermediates.uG2);
});

test("the pairing's bytes are the reference's, whichever point is multiplied", () => {
  const inG1 = bls12_381.pairing(roundPoint(1000).multiply(scalar), publicKeyOf(QUICKNET));
  const inG2 = bls12_381.pairing(roundPoint(1000), publicKeyOf(QUICKNET).multiply(scalar));
  expect(bytesToHex(gtBytes(inG1))).toBe(intermediates.gtArkBytes);
  expect(bytesToHex(gtBytes(inG2))).toBe(intermediates.gtArkBytes);
});

test("both masks are the reference's", () => {
  const mask = pairingMask(roundPoint(1000).multiply(scalar), publicKeyOf(QUICKNET));
  expect(bytesToHex(mask)).toBe(intermediates.h2);
  expect(bytesToHex(sha256(hexToBytes(sigma)))).toBe(intermediates.h4);
});

test("a mask applied twice is gone", () => {
  const [a, b] = [Uint8Array.of(1, 2, 255), Uint8Array.of(255, 2, 1)];
  expect(xor(a, b)).toEqual(Uint8Array.of(254, 0, 254));
  expect(xor(xor(a, b), b)).toEqual(a);
});
