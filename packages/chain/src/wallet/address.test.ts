import { encodeAddress } from "@polkadot/util-crypto";
import { expect, test } from "vitest";
import { isAddress } from "./address.ts";

const ALICE = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

test("an address with prefix 42 and a right checksum is one", () => {
  expect(isAddress(ALICE)).toBe(true);
});

test.each([
  ["empty", ""],
  ["not base58", "hello world"],
  ["one character changed", ALICE.replace("G", "H")],
  ["one character short", ALICE.slice(0, -1)],
  ["surrounded by space", ` ${ALICE}`],
  ["hex public key", `0x${"ab".repeat(32)}`],
  ["another chain's prefix", encodeAddress(new Uint8Array(32).fill(7), 0)],
  ["a short account index", encodeAddress(new Uint8Array(8).fill(7), 42)],
  ["a 33-byte key", encodeAddress(new Uint8Array(33).fill(7), 42)],
])("%s is no address", (_what, text) => {
  expect(isAddress(text)).toBe(false);
});
