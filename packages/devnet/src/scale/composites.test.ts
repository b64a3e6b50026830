import { TypeRegistry } from "@polkadot/types/create";
import fc from "fast-check";
import { expect, test } from "vitest";
import { names, nullable, option, struct, tuple, unit, variant, vec, wrapper } from "./composites.ts";
import { bytesToHex, hexToBytes } from "./hex.ts";
import { bool, bytes, compact, u16, u32, u64 } from "./primitives.ts";
import { decode, encode, lazy, type Type } from "./type.ts";

const hexOf = <T>(type: Type<T>, value: T) => bytesToHex(encode(type, value));

test("a struct is its fields in order, a wrapper what it wraps, a unit nothing", () => {
  const type = struct("a::B", { id: wrapper("c::D", u16), flag: bool, nothing: unit("e::F") });
  expect(hexOf(type, { id: 258, flag: true, nothing: null })).toBe("0x020101");
  expect(decode(type, hexToBytes("0x020101"))).toEqual({ id: 258, flag: true, nothing: null });
});

test("an option inside an option tells nobody from not asked", () => {
  const type = option(nullable(u16));
  expect(hexOf(type, undefined)).toBe("0x00");
  expect(hexOf(type, null)).toBe("0x0100");
  expect(hexOf(type, 5)).toBe("0x01010500");
  expect(decode(type, hexToBytes("0x0100"))).toBeNull();
});

test("enums are written by index and read by name", () => {
  const plain = names("x::Y", { Burn: 0, Recycle: 3 });
  expect(hexOf(plain, "Recycle")).toBe("0x03");
  expect(decode(plain, hexToBytes("0x00"))).toBe("Burn");
  const rich = variant("x::Z", { None: { index: 1, of: undefined }, Some: { index: 7, of: u16 } });
  expect(hexOf(rich, { tag: "Some", value: 2 })).toBe("0x070200");
  expect(decode(rich, hexToBytes("0x01"))).toEqual({ tag: "None", value: undefined });
});

test.each([
  ["an option of 2", () => decode(option(u16), hexToBytes("0x02"))],
  ["an unknown name's index", () => decode(names("x::Y", { A: 0 }), hexToBytes("0x01"))],
  [
    "an unknown variant",
    () => decode(variant("x::Y", { A: { index: 0, of: undefined } }), hexToBytes("0x09")),
  ],
  ["a list longer than its input", () => decode(vec(u16), hexToBytes("0xfc0000"))],
])("%s is refused", (_name, work) => {
  expect(work).toThrow(expect.objectContaining({ code: "DEVNET_DECODE" }));
});

test("a type may refer to one that is defined later", () => {
  type Tree = { readonly value: number; readonly children: readonly Tree[] };
  const tree: Type<Tree> = struct("x::Tree", { value: u16, children: lazy(() => vec(tree)) });
  const value = { value: 1, children: [{ value: 2, children: [] }] };
  expect(decode(tree, encode(tree, value))).toEqual(value);
});

test("bytes are those of polkadot-js, and both read each other's", () => {
  const registry = new TypeRegistry();
  const ours = tuple(vec(tuple(u16, u64)), option(bytes), compact(u32), bool);
  const theirs = "(Vec<(u16,u64)>,Option<Bytes>,Compact<u32>,bool)";
  const pair = fc.tuple(fc.integer({ min: 0, max: 65_535 }), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }));
  const value = fc.tuple(
    fc.array(pair, { maxLength: 80 }),
    fc.option(fc.uint8Array(), { nil: undefined }),
    fc.integer({ min: 0, max: 4_294_967_295 }),
    fc.boolean(),
  );
  fc.assert(
    fc.property(value, ([pairs, data, number, flag]) => {
      const encoded = encode(ours, [pairs, data, number, flag]);
      const read = registry.createType(theirs, encoded);
      expect(read.toU8a()).toEqual(encoded);
      const again = decode(ours, read.toU8a());
      expect(again[0]).toEqual(pairs);
      expect(again[1] === undefined ? undefined : [...again[1]]).toEqual(data && [...data]);
      expect(again.slice(2)).toEqual([number, flag]);
    }),
    { numRuns: 50 },
  );
});
