import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesToHex, hexToBytes } from "./hex.ts";
import { bool, bytes, compact, fixedBytes, i16, i128, str, u8, u16, u32, u64, u128 } from "./primitives.ts";
import { decode, encode, type Type } from "./type.ts";

const hexOf = <T>(type: Type<T>, value: T) => bytesToHex(encode(type, value));

test.each([
  [0n, "0x00"],
  [1n, "0x04"],
  [63n, "0xfc"],
  [64n, "0x0101"],
  [16_383n, "0xfdff"],
  [16_384n, "0x02000100"],
  [1_073_741_823n, "0xfeffffff"],
  [1_073_741_824n, "0x0300000040"],
  [(1n << 64n) - 1n, "0x13ffffffffffffffff"],
])("compact %s is %s", (value, expected) => {
  expect(hexOf(compact(u64), value)).toBe(expected);
  expect(decode(compact(u64), hexToBytes(expected))).toBe(value);
});

test("integers are little-endian, negative ones in two's complement", () => {
  expect(hexOf(u32, 1)).toBe("0x01000000");
  expect(hexOf(i16, -2)).toBe("0xfeff");
  expect(decode(i16, hexToBytes("0xfeff"))).toBe(-2);
  expect(hexOf(u128, 1n << 127n)).toBe(`0x${"00".repeat(15)}80`);
  expect(decode(i128, hexToBytes(`0x${"ff".repeat(16)}`))).toBe(-1n);
});

test("texts, flags and byte strings read back", () => {
  expect(hexOf(str, "τao")).toBe("0x10cf84616f");
  expect(decode(str, hexToBytes("0x10cf84616f"))).toBe("τao");
  expect(decode(bool, hexToBytes("0x01"))).toBe(true);
  expect(decode(bytes, hexToBytes("0x080102"))).toEqual(new Uint8Array([1, 2]));
  expect(hexOf(fixedBytes(4), "0xdeadbeef")).toBe("0xdeadbeef");
});

test.each([
  ["a number that does not fit", () => encode(u8, 256)],
  ["a negative unsigned number", () => encode(u64, -1n)],
  ["a compact beyond its type", () => decode(compact(u16), hexToBytes("0x02000400"))],
  ["a flag of 2", () => decode(bool, hexToBytes("0x02"))],
  ["input that ends early", () => decode(u32, hexToBytes("0x0102"))],
  ["input with a rest", () => decode(u8, hexToBytes("0x0102"))],
  ["a length that lies", () => decode(bytes, hexToBytes("0xfeffffff00"))],
  ["bytes of another length", () => encode(fixedBytes(4), "0xdead")],
  ["text that is no hex", () => encode(fixedBytes(1), "zz")],
])("%s is refused", (_name, work) => {
  expect(work).toThrow(expect.objectContaining({ code: "DEVNET_DECODE" }));
});

test("every unsigned number reads back in both forms", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (value) => {
      expect(decode(u64, encode(u64, value))).toBe(value);
      expect(decode(compact(u64), encode(compact(u64), value))).toBe(value);
    }),
  );
});
