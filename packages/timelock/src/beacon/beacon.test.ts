import { expect, test } from "vitest";
import { own } from "../test/own-beacon.ts";
import { refusalOf } from "../test/refusal.ts";
import { tlock } from "../test/vectors.ts";
import { assertBeacon, type Beacon, chainHash } from "./beacon.ts";
import { QUICKNET } from "./quicknet.ts";

test("quicknet is pinned with the recorded values", () => {
  const { chainHash: hash, publicKeyG2, genesisTime, periodSeconds, scheme } = tlock.quicknet;
  expect(QUICKNET).toMatchObject({ genesisTime, periodSeconds, scheme });
  expect([QUICKNET.chainHash, QUICKNET.publicKey]).toEqual([`0x${hash}`, `0x${publicKeyG2}`]);
});

test("quicknet's name is the hash of its key, its times and its group", () => {
  expect(chainHash(QUICKNET)).toBe(QUICKNET.chainHash);
  expect(() => assertBeacon(QUICKNET)).not.toThrow();
});

test.each<[string, Partial<Beacon>]>([
  ["another scheme", { scheme: "pedersen-bls-chained" }],
  ["another genesis time", { genesisTime: QUICKNET.genesisTime + 1 }],
  ["a genesis time that is no u32", { genesisTime: -1 }],
  ["another period", { periodSeconds: 30 }],
  ["no period", { periodSeconds: 0 }],
  ["another key", { publicKey: own.beacon.publicKey }],
  ["a key that is no point", { publicKey: `0x${"11".repeat(96)}` }],
  ["a key that is no hex", { publicKey: "0x8x" }],
  ["another group", { groupHash: `0x${"00".repeat(32)}` }],
  ["another id", { id: "default" }],
  ["another hash", { chainHash: own.beacon.chainHash }],
])("quicknet with %s is refused", (_name, change) => {
  expect(refusalOf(() => assertBeacon({ ...QUICKNET, ...change }))).toBe("TIMELOCK_BEACON_INVALID");
});
