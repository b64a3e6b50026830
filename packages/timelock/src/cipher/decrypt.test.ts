import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Pulse } from "../beacon/pulse.ts";
import { QUICKNET } from "../beacon/quicknet.ts";
import { own } from "../test/own-beacon.ts";
import { refusalOf } from "../test/refusal.ts";
import { recordedPulse, tlock } from "../test/vectors.ts";
import { decrypt } from "./decrypt.ts";
import { encrypt } from "./encrypt.ts";

vi.setConfig({ testTimeout: 60_000 });

const recorded = [
  ...tlock.rustCiphertexts.map((vector) => ({ by: "Rust", ...vector })),
  ...tlock.wasmCiphertexts.items.map((vector) => ({ by: "WebAssembly", ...vector })),
  ...tlock.tsCiphertexts.items.map((vector) => ({ by: "TypeScript", ...vector })),
];
const pulses = new Map(tlock.beacons.map(({ round }): [number, Pulse] => [round, recordedPulse(round)]));
const pulseOf = (round: number): Pulse => pulses.get(round) ?? recordedPulse(round);

test.each(recorded)("a ciphertext by $by for round $round opens with quicknet's pulse", (vector) => {
  const plaintext = decrypt(hexToBytes(vector.ciphertext), pulseOf(vector.round));
  expect(bytesToHex(plaintext)).toBe(vector.plaintext);
});

test("what is encrypted for a round opens with its pulse, for quicknet and for an own beacon", () => {
  const cases = fc.record({
    plaintext: fc.uint8Array({ maxLength: 2000 }),
    isOwn: fc.boolean(),
    round: fc.constantFrom(...pulses.keys()),
  });
  fc.assert(
    fc.property(cases, ({ plaintext, isOwn, round }) => {
      const beacon = isOwn ? own.beacon : QUICKNET;
      const pulse = isOwn ? own.signRound(round) : pulseOf(round);
      expect(decrypt(encrypt(plaintext, { beacon, round }), pulse)).toEqual(plaintext);
    }),
    { numRuns: 12 },
  );
});

const round = 1000;
const short = hexToBytes(tlock.rustCiphertexts[1]?.ciphertext ?? "");

test("the pulse of another round or of another beacon does not open it", () => {
  const failed = (pulse: Pulse) => () => decrypt(short, pulse);
  for (const pulse of [pulseOf(9966538), own.signRound(round)])
    expect(failed(pulse)).toThrow(
      expect.objectContaining({
        code: "TIMELOCK_DECRYPTION_FAILED",
        facts: { layer: "key", round: pulse.round },
      }),
    );
});

test("with any one byte changed it does not open, and says so by name", () => {
  const refusals = Array.from(short, (byte, at) => {
    const changed = short.with(at, byte ^ (1 << (at % 8)));
    return refusalOf(() => decrypt(changed, pulseOf(round)));
  });
  const named = new Set(["TIMELOCK_CIPHERTEXT_MALFORMED", "TIMELOCK_DECRYPTION_FAILED"]);
  expect(refusals.filter((code) => !named.has(code))).toEqual([]);
  expect(refusals).toHaveLength(258);
});

test("a changed body is told from a wrong key", () => {
  const inTag = short.with(221, (short[221] ?? 0) ^ 1);
  expect(() => decrypt(inTag, pulseOf(round))).toThrow("a byte of its body has changed");
  const inKey = short.with(104, (short[104] ?? 0) ^ 1);
  expect(() => decrypt(inKey, pulseOf(round))).toThrow("made for another round or beacon");
});

test("with several bytes changed it fails by name as well", () => {
  const at = fc.nat({ max: short.length - 1 });
  const changes = fc.array(fc.tuple(at, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(changes, (list) => {
      const changed = list.reduce((bytes, [where, by]) => bytes.with(where, (bytes[where] ?? 0) ^ by), short);
      fc.pre(changed.some((byte, i) => byte !== short[i]));
      expect(refusalOf(() => decrypt(changed, pulseOf(round)))).toMatch(/^TIMELOCK_(CIPHERTEXT|DECRYPTION)_/);
    }),
    { numRuns: 60 },
  );
});
