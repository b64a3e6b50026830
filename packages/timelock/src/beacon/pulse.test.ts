import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { own } from "../test/own-beacon.ts";
import { refusalOf } from "../test/refusal.ts";
import { tlock } from "../test/vectors.ts";
import { roundMessage, roundPoint, verifyPulse } from "./pulse.ts";
import { QUICKNET } from "./quicknet.ts";

test("a round becomes the reference's message and point", () => {
  expect(bytesToHex(roundMessage(1000))).toBe(tlock.intermediates.roundMessage);
  expect(roundPoint(1000).toHex()).toBe(tlock.intermediates.qidG1);
});

test.each(tlock.beacons)("quicknet's recorded pulse of round $round is genuine", (recorded) => {
  const { round } = recorded;
  const pulse = verifyPulse(QUICKNET, { round, signature: hexToBytes(recorded.signature) });
  expect(bytesToHex(pulse.randomness)).toBe(recorded.randomness);
  expect(bytesToHex(pulse.signature)).toBe(recorded.signature);
});

const [first, second] = tlock.beacons;
const signature = hexToBytes(first?.signature ?? "");
const refused = (beacon: typeof QUICKNET, signed: { round: number; signature: Uint8Array }) =>
  refusalOf(() => verifyPulse(beacon, signed));

test("a pulse of another round, of another beacon or with a changed bit is refused", () => {
  expect(refused(QUICKNET, { round: 1001, signature })).toBe("TIMELOCK_PULSE_INVALID");
  expect(refused(QUICKNET, { round: 1000, signature: hexToBytes(second?.signature ?? "") })).toBe(
    "TIMELOCK_PULSE_INVALID",
  );
  expect(refused(own.beacon, { round: 1000, signature })).toBe("TIMELOCK_PULSE_INVALID");
  expect(refused(QUICKNET, own.signRound(1000))).toBe("TIMELOCK_PULSE_INVALID");
  for (const at of [0, 1, 24, 47]) {
    const changed = signature.with(at, (signature[at] ?? 0) ^ 1);
    expect(refused(QUICKNET, { round: 1000, signature: changed })).toBe("TIMELOCK_PULSE_INVALID");
  }
});

test("what is no point at all is refused, and so is a round that is none", () => {
  const infinity = new Uint8Array(48).with(0, 0xc0);
  for (const bytes of [new Uint8Array(), new Uint8Array(48), infinity, signature.subarray(1)])
    expect(refused(QUICKNET, { round: 1000, signature: bytes })).toBe("TIMELOCK_PULSE_INVALID");
  expect(refused(QUICKNET, { round: 0, signature })).toBe("TIMELOCK_OUT_OF_RANGE");
});
