import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** A value the type forbids and a caller without types may still pass. */
const untyped = (value: unknown) => value as Json;

test.each([
  [null, "null"],
  [true, "true"],
  [-0, "0"],
  [1e21, "1e+21"],
  [333333333.3333333, "333333333.3333333"],
  ['é\n"', '"é\\n\\""'],
  [[1, [], {}], "[1,[],{}]"],
])("%j is written %s", (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test("keys stand in the order of their UTF-16 units, without white space", () => {
  const value = { b: 1, a: [2], "": 3, "\u20ac": 4, "\ud83d\ude00": 5, "\ufb33": 6, "1": 7 };
  expect(canonicalJson(value)).toBe('{"":3,"1":7,"a":[2],"b":1,"€":4,"😀":5,"\ufb33":6}');
});

test("what JSON cannot carry is refused with its path", () => {
  expect(() => canonicalJson({ a: [1, Number.NaN] })).toThrow('path "$.a[1]", found "NaN"');
  expect(() => canonicalJson(untyped({ a: { b: undefined } }))).toThrow('path "$.a.b", found "undefined"');
  expect(() => canonicalJson({ key: "\ud800" })).toThrow('path "$.key", found "lone surrogate"');
  expect(refusalOf(() => canonicalJson({ "\udc00": 1 }))).toBe("CORE_NOT_CANONICAL");
});

test.each([
  ["a bigint", 1n],
  ["a function", () => 1],
  ["a date", new Date(0)],
  ["a map", new Map([["a", 1]])],
  ["undefined", undefined],
  ["infinity", Number.POSITIVE_INFINITY],
])("%s is refused, never written as something else", (_name, value) => {
  expect(refusalOf(() => canonicalJson(untyped({ value })))).toBe("CORE_NOT_CANONICAL");
});

test("the text reads back as the value, and writing it again changes nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = untyped(JSON.parse(JSON.stringify(value)));
      const text = canonicalJson(json);
      expect(JSON.parse(text)).toEqual(json);
      expect(canonicalJson(untyped(JSON.parse(text)))).toBe(text);
    }),
  );
});

test("the order in which keys were written never matters", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
      const turned = Object.fromEntries(Object.entries(value).toReversed());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
    }),
  );
});

test("what nests deeper than any statement is refused by name, however deep it is", () => {
  const nested = (levels: number): Json =>
    Array.from({ length: levels }).reduce<Json>((inner, _, i) => (i % 2 === 0 ? [inner] : { a: inner }), 1);
  expect(JSON.parse(canonicalJson(nested(64)))).toEqual(nested(64));
  for (const levels of [65, 20_000])
    expect(refusalOf(() => canonicalJson(nested(levels)))).toBe("CORE_NOT_CANONICAL");
});
