import fc from "fast-check";
import { expect, test } from "vitest";
import { signed, unsigned } from "./code.ts";

test("unsigned numbers are LEB128", () => {
  expect([0, 127, 128, 300, 2 ** 32 - 1].map(unsigned)).toEqual([
    [0],
    [0x7f],
    [0x80, 1],
    [0xac, 2],
    [0xff, 0xff, 0xff, 0xff, 0x0f],
  ]);
});

test("signed numbers are LEB128 of the fewest bytes", () => {
  expect([0n, 63n, 64n, -1n, -64n, -65n].map(signed)).toEqual([
    [0],
    [0x3f],
    [0xc0, 0],
    [0x7f],
    [0x40],
    [0xbf, 0x7f],
  ]);
});

/** Reads a signed LEB128 back. */
function decode(bytes: readonly number[]): bigint {
  const joined = bytes.reduce((sum, byte, i) => sum + (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
  return BigInt.asIntN(7 * bytes.length, joined);
}

test("every 64-bit number reads back", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      expect(decode(signed(value))).toBe(value);
    }),
  );
});
