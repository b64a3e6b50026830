import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { compact, scaleReader } from "./scale.ts";

test.each([
  [0, "00"],
  [63, "fc"],
  [64, "0101"],
  [16_383, "fdff"],
  [16_384, "02000100"],
  [2 ** 30 - 1, "feffffff"],
])("%i in compact form is %s", (count, hex) => {
  expect(bytesToHex(compact(count))).toBe(hex);
});

test.each([
  ["two bytes for what fits one", "fd00"],
  ["four bytes for what fits two", "feff0000"],
  ["the form for big integers", "0300000040"],
  ["a length that is cut off", "01"],
  ["nothing", ""],
])("a list whose length is %s breaks the reader for good", (_name, hex) => {
  const reader = scaleReader(hexToBytes(hex));
  expect(reader.readU16s()).toEqual([]);
  expect([reader.isBroken(), reader.readU64(), reader.readBytes()]).toEqual([true, 0n, new Uint8Array()]);
});

test("a list that claims more than is there is not read", () => {
  const reader = scaleReader(hexToBytes("0c0000"));
  expect([reader.readU16s(), reader.isBroken()]).toEqual([[], true]);
});
