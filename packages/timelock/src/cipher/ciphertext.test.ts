import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TimelockError } from "../errors.ts";
import { refusalOf } from "../test/refusal.ts";
import { tlock } from "../test/vectors.ts";
import {
  assertFits,
  CIPHERTEXT_OVERHEAD,
  MAX_COMMIT_BYTES,
  parseCiphertext,
  serialiseCiphertext,
} from "./ciphertext.ts";

const sealed = [...tlock.rustCiphertexts, ...tlock.wasmCiphertexts.items, ...tlock.tsCiphertexts.items];
const short = hexToBytes(tlock.rustCiphertexts[1]?.ciphertext ?? "");

test.each(sealed)(
  "a recorded ciphertext for round $round is read and written back byte for byte",
  (vector) => {
    const bytes = hexToBytes(vector.ciphertext);
    const parts = parseCiphertext(bytes);
    expect(parts.sealed).toHaveLength(vector.plaintext.length / 2 + 16);
    expect(bytes).toHaveLength(vector.plaintext.length / 2 + CIPHERTEXT_OVERHEAD);
    expect(serialiseCiphertext(parts)).toEqual(bytes);
  },
);

test("it is read from the middle of a larger buffer, and what is read does not change with the buffer", () => {
  const larger = concatBytes(new Uint8Array(5), short, new Uint8Array(5));
  const parts = parseCiphertext(Buffer.from(larger.buffer, 5, short.length));
  larger.fill(0);
  expect(bytesToHex(serialiseCiphertext(parts))).toBe(bytesToHex(short));
});

const vectorPrefixes = [
  [96, "V"],
  [136, "W"],
  [176, "body"],
  [184, "sealed"],
  [short.length - 36, "nonce"],
  [short.length - 16, "suite"],
] as const;

test.each(vectorPrefixes)(
  "another length at byte %i, of %s, is refused, in its first and its last byte",
  (at, field) => {
    for (const offset of [0, 7]) {
      const changed = short.with(at + offset, (short[at + offset] ?? 0) ^ 1);
      expect(() => parseCiphertext(changed)).toThrow(
        expect.objectContaining({
          code: "TIMELOCK_CIPHERTEXT_MALFORMED",
          facts: expect.objectContaining({ field }),
        }),
      );
    }
  },
);

test("another suite is refused, which the chain would not look at", () => {
  expect(() => parseCiphertext(short.with(-1, 0))).toThrow("suite is another");
});

test("a first point that is none, or infinity, is refused", () => {
  const infinity = concatBytes(new Uint8Array(96).with(0, 0xc0), short.subarray(96));
  const zeros = concatBytes(new Uint8Array(96), short.subarray(96));
  for (const bytes of [infinity, zeros]) expect(() => parseCiphertext(bytes)).toThrow("U is no point of G2");
});

test("missing bytes and bytes that follow are refused, which the chain would let pass", () => {
  for (const bytes of [
    new Uint8Array(),
    short.subarray(0, 243),
    short.subarray(0, -1),
    concatBytes(short, Uint8Array.of(0)),
  ])
    expect(refusalOf(() => parseCiphertext(bytes))).toBe("TIMELOCK_CIPHERTEXT_MALFORMED");
});

test("what is longer than the chain takes is refused before it is read", () => {
  expect(() => assertFits(MAX_COMMIT_BYTES)).not.toThrow();
  expect(refusalOf(() => parseCiphertext(new Uint8Array(MAX_COMMIT_BYTES + 1)))).toBe(
    "TIMELOCK_COMMIT_TOO_LONG",
  );
});

/** One example of each format that is known not to be the chain's, built from what is known of it. */
const foreign: Record<string, { bytes: Uint8Array; format: string }> = {
  "wasm_wrapper_0.3.0": {
    bytes: concatBytes(short.subarray(0, 96), short.subarray(104, 136), short.subarray(144)),
    format: "timelock 0.3",
  },
  "tlock-js 0.9": {
    bytes: utf8ToBytes(
      `-----BEGIN AGE ENCRYPTED FILE-----\n${"YWdl".repeat(80)}\n-----END AGE ENCRYPTED FILE-----\n`,
    ),
    format: "tlock-js (age)",
  },
};

test.each(tlock.incompatible)("a ciphertext of $name is refused by the name of its software", ({ name }) => {
  const example = foreign[name];
  expect(() => parseCiphertext(example?.bytes ?? new Uint8Array())).toThrow(
    expect.objectContaining({ code: "TIMELOCK_CIPHERTEXT_FOREIGN", facts: { format: example?.format } }),
  );
});

test("a binary age file is recognised as well", () => {
  const bytes = utf8ToBytes(`age-encryption.org/v1\n-> tlock 1000 52db\n${"x".repeat(300)}`);
  expect(refusalOf(() => parseCiphertext(bytes))).toBe("TIMELOCK_CIPHERTEXT_FOREIGN");
});

test("whatever the bytes, it answers or refuses by name", () => {
  const mutated = fc
    .tuple(fc.nat({ max: short.length - 1 }), fc.uint8Array({ maxLength: 40 }))
    .map(([at, bytes]) => concatBytes(short.subarray(0, at), bytes, short.subarray(at + bytes.length)));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 600 }), mutated), (bytes) => {
      try {
        expect(serialiseCiphertext(parseCiphertext(bytes))).toEqual(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(TimelockError);
      }
    }),
    { numRuns: 200 },
  );
});
