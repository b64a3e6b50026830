import { expect, test } from "vitest";
import { own } from "../test/own-beacon.ts";
import { refusalOf } from "../test/refusal.ts";
import type { Beacon } from "./beacon.ts";
import { beaconFor, PINNED_BEACONS } from "./pinned.ts";
import { QUICKNET } from "./quicknet.ts";

const genesis = Object.keys(PINNED_BEACONS);
const development = `0x${"de".repeat(32)}`;

test.each(genesis)("the public network %s has quicknet, whatever the case of the hash", (hash) => {
  expect(beaconFor(hash)).toBe(QUICKNET);
  expect(beaconFor(hash.toUpperCase().replace("0X", "0x"), { ...QUICKNET })).toBe(QUICKNET);
});

test.each<[keyof Beacon, Beacon]>([
  ["publicKey", { ...QUICKNET, publicKey: own.beacon.publicKey }],
  ["genesisTime", { ...QUICKNET, genesisTime: 1 }],
  ["periodSeconds", { ...QUICKNET, periodSeconds: 30 }],
  ["chainHash", { ...QUICKNET, chainHash: own.beacon.chainHash }],
  ["scheme", { ...QUICKNET, scheme: "other" }],
])("a public network that names another %s is refused", (field, onChain) => {
  for (const hash of genesis)
    expect(() => beaconFor(hash, onChain)).toThrow(
      expect.objectContaining({
        code: "TIMELOCK_BEACON_DIFFERS",
        facts: expect.objectContaining({ genesis: hash, field }),
      }),
    );
});

test("a development chain names its own beacon", () => {
  expect(beaconFor(development, own.beacon)).toBe(own.beacon);
  expect(beaconFor(development, QUICKNET)).toBe(QUICKNET);
});

test("a development chain must name a beacon, and a sound one", () => {
  expect(refusalOf(() => beaconFor(development))).toBe("TIMELOCK_BEACON_UNKNOWN");
  expect(refusalOf(() => beaconFor("toString"))).toBe("TIMELOCK_BEACON_UNKNOWN");
  const forged = { ...own.beacon, publicKey: QUICKNET.publicKey };
  expect(refusalOf(() => beaconFor(development, forged))).toBe("TIMELOCK_BEACON_INVALID");
});
