import { blake2AsHex, xxhashAsHex } from "@polkadot/util-crypto";
import { expect, test } from "vitest";
import { blake2Hex, hashKey, storagePrefix } from "./hash.ts";
import { bytesToHex, hexToBytes } from "./hex.ts";
import { accountFromAddress, addressOf } from "./ss58.ts";

const key = hexToBytes("0x0102030405");

test("storage prefixes are the two names hashed as the client hashes them", () => {
  const expected = xxhashAsHex("SubtensorModule", 128) + xxhashAsHex("Weights", 128).slice(2);
  expect(storagePrefix("SubtensorModule", "Weights")).toBe(expected);
  expect(storagePrefix("System", "Account")).toBe(
    "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9",
  );
});

test("every hasher keeps the key behind its hash", () => {
  expect(hashKey("Identity", key)).toEqual(key);
  expect(bytesToHex(hashKey("Twox64Concat", key))).toBe(`${xxhashAsHex(key, 64)}0102030405`);
  expect(bytesToHex(hashKey("Blake2_128Concat", key))).toBe(`${blake2AsHex(key, 128)}0102030405`);
  expect(blake2Hex(key)).toBe(blake2AsHex(key, 256));
});

test("addresses of any prefix name an account, and accounts have prefix 42", () => {
  const alice = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
  expect(accountFromAddress("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY")).toBe(alice);
  expect(accountFromAddress("15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5")).toBe(alice);
  expect(addressOf(alice)).toBe("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY");
  expect(accountFromAddress("5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQX")).toBeUndefined();
});
