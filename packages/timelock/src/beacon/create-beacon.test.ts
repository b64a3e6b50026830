import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { own } from "../test/own-beacon.ts";
import { refusalOf } from "../test/refusal.ts";
import { assertBeacon } from "./beacon.ts";
import { createBeacon } from "./create-beacon.ts";
import { verifyPulse } from "./pulse.ts";

const settings = { id: "test", genesisTime: 1_700_000_000, periodSeconds: 3 };

test("the same secret gives the same beacon, another one another", () => {
  expect(createBeacon(new Uint8Array(32).fill(7), settings).beacon).toEqual(own.beacon);
  const other = createBeacon(new Uint8Array(32).fill(8), settings).beacon;
  expect(other.publicKey).not.toBe(own.beacon.publicKey);
  expect(other.chainHash).not.toBe(own.beacon.chainHash);
});

test("it names itself soundly and with the settings given", () => {
  expect(() => assertBeacon(own.beacon)).not.toThrow();
  expect(own.beacon).toMatchObject(settings);
});

test("every round it signs is verified as its own, with the randomness drand derives", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (round) => {
      const pulse = own.signRound(round);
      expect(verifyPulse(own.beacon, pulse)).toEqual(pulse);
      expect(pulse.randomness).toEqual(sha256(pulse.signature));
    }),
    { numRuns: 3 },
  );
});

test("any 32 bytes are a secret, whatever number they are", () => {
  const order = bls12_381.fields.Fr.ORDER.toString(16).padStart(64, "0");
  for (const secret of [new Uint8Array(32), new Uint8Array(32).fill(255), hexToBytes(order)])
    expect(createBeacon(secret, settings).signRound(1).signature).toHaveLength(48);
});

test("a secret of another length, a period of nothing and a round that is none are refused", () => {
  expect(refusalOf(() => createBeacon(new Uint8Array(31), settings))).toBe("TIMELOCK_WRONG_LENGTH");
  const still = { ...settings, periodSeconds: 0 };
  expect(refusalOf(() => createBeacon(new Uint8Array(32), still))).toBe("TIMELOCK_BEACON_INVALID");
  expect(refusalOf(() => own.signRound(0))).toBe("TIMELOCK_OUT_OF_RANGE");
});
