import fc from "fast-check";
import { expect, test } from "vitest";
import { address, amount, field, flag, list, optional, pair, whole } from "./plain.ts";

const plain = (value: unknown) => ({ item: "Pallet.Item", value });
const refused = expect.objectContaining({ code: "CHAIN_UNEXPECTED_VALUE" });

test("any u64 is read exactly, whether the decoder writes a number or hex", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const written = value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : `0x${value.toString(16)}`;
      expect(amount(plain(written))).toBe(value);
    }),
  );
});

test("a number that would lose digits is refused", () => {
  expect(whole(plain(2 ** 53 - 1))).toBe(2 ** 53 - 1);
  expect(() => whole(plain("0xffffffffffffffff"))).toThrow(refused);
  expect(() => amount(plain(2 ** 53))).toThrow(refused);
});

test.each([null, "", "1.5", 1.5, Number.NaN, [], {}, true])("%j is no whole number", (value) => {
  expect(() => whole(plain(value))).toThrow(refused);
});

test("lists are read element by element and named so in complaints", () => {
  expect(list(plain([true, false]), flag)).toEqual([true, false]);
  expect(() => list(plain([1, "x"]), whole)).toThrow("Pallet.Item[1]");
  expect(() => list(plain("0x0102"), whole)).toThrow(refused);
});

test("a pair has exactly two elements", () => {
  expect(pair(plain([1, 2]), whole)).toEqual([1, 2]);
  for (const value of [[], [1], [1, 2, 3]]) expect(() => pair(plain(value), whole)).toThrow(refused);
});

test("an absent value is null, a missing field is refused", () => {
  expect(optional(plain(null), whole)).toBeNull();
  expect(optional(plain(3), whole)).toBe(3);
  expect(whole(field(plain({ nonce: 3 }), "nonce"))).toBe(3);
  expect(() => field(plain({ nonce: 3 }), "Nonce")).toThrow(refused);
  expect(() => field(plain(null), "nonce")).toThrow(refused);
});

test("an account is an address of this network", () => {
  const alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
  expect(address(plain(alice))).toBe(alice);
  expect(() => address(plain(`0x${"00".repeat(32)}`))).toThrow(refused);
  expect(() => flag(plain(1))).toThrow(refused);
});
