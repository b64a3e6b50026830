import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { readVectors, tlock, weightsOf } from "../test/vectors.ts";
import { hashCommit, hashCommitPreimage } from "./hash-commit.ts";

type SdkVector = {
  public_key: string;
  netuid_storage_index: number;
  uids: number[];
  values: number[];
  salt: number[];
  version_key: number;
  preimage: string;
  expected: string;
};

test.each(tlock.commitRevealV2Hash.items)("the hash is the chain's: $name", (vector) => {
  const weights = { ...weightsOf(vector), storageIndex: vector.storageIndex, salt: vector.salt };
  expect(bytesToHex(hashCommitPreimage(weights))).toBe(vector.preimage);
  expect(hashCommit(weights)).toBe(`0x${vector.commitHash}`);
});

test.each(readVectors<SdkVector[]>("commit-hash.json"))(
  "the hash is the Python SDK's: $expected",
  (vector) => {
    const weights = {
      hotkey: hexToBytes(vector.public_key.slice(2)),
      storageIndex: vector.netuid_storage_index,
      uids: vector.uids,
      values: vector.values,
      salt: vector.salt,
      versionKey: BigInt(vector.version_key),
    };
    expect(`0x${bytesToHex(hashCommitPreimage(weights))}`).toBe(vector.preimage);
    expect(hashCommit(weights)).toBe(vector.expected);
  },
);

test("every part counts, and what is out of range is refused", () => {
  const weights = {
    hotkey: new Uint8Array(32),
    storageIndex: 1,
    uids: [0],
    values: [1],
    salt: [7],
    versionKey: 0n,
  };
  const changes = [
    { hotkey: new Uint8Array(32).fill(1) },
    { storageIndex: 4097 },
    { uids: [1] },
    { values: [2] },
    { salt: [8] },
    { versionKey: 1n },
  ];
  const hashes = [weights, ...changes.map((change) => ({ ...weights, ...change }))].map(hashCommit);
  expect(new Set(hashes).size).toBe(7);
  const refused = (change: Partial<typeof weights>) => refusalOf(() => hashCommit({ ...weights, ...change }));
  expect(refused({ storageIndex: 65_536 })).toBe("TIMELOCK_OUT_OF_RANGE");
  expect(refused({ salt: [-1] })).toBe("TIMELOCK_OUT_OF_RANGE");
  expect(refused({ hotkey: new Uint8Array(33) })).toBe("TIMELOCK_WRONG_LENGTH");
  expect(refused({ values: [] })).toBe("TIMELOCK_UNEQUAL_LENGTHS");
});
