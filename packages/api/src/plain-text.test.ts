import { expect, test } from "vitest";
import { assertPlainText, findBrokenText } from "./plain-text.ts";

test("any other text is plain, whatever its language", () => {
  expect(
    findBrokenText({ name: "Prüfer 🧪\n", list: [1, null, true, "", { deep: "\u0001" }] }),
  ).toBeUndefined();
  expect(findBrokenText(undefined)).toBeUndefined();
});

test.each([
  ["NUL in a value", { a: { b: ["x", "y\0"] } }, "a.b.1"],
  ["half a pair", { reason: "x\ud800" }, "reason"],
  ["NUL in a key", { facts: { "a\0": 1 } }, "facts"],
  ["the value itself", "\0", ""],
])("%s is found", (_what, value, path) => {
  expect(findBrokenText(value)).toBe(path);
});

test.each([
  ["an escape sequence", "\u001b[2J"],
  ["a carriage return's neighbour", "\u0008"],
  ["an escape of one byte", "\u009b31m"],
  ["a turn of direction", "\u202e"],
  ["an isolated direction", "\u2066"],
  ["a line end of another kind", "\u2028"],
  ["a mark of byte order", "\ufeff"],
  ["NUL", "\0"],
])("%s is refused in every text that comes from outside", (_what, text) => {
  for (const value of [text, { name: `a${text}b` }, { list: [{ [`k${text}`]: 1 }] }])
    expect(() => assertPlainText(value)).toThrow(/text may not contain/);
});

test("several lines, tabs, and every script are plain", () => {
  const name = "Prüfer 🧑‍🔬 दिल्ली می\u200cخواهم";
  expect(() => assertPlainText({ reason: "one\r\n\ttwo", name })).not.toThrow();
});

test("a request nested deeper than the stack is walked, and refused for its depth alone", () => {
  const nested = (value: unknown, levels: number): unknown =>
    Array.from({ length: levels }).reduce((inner) => ({ a: inner }), value);
  expect(findBrokenText(nested("\0", 50_000))).toHaveLength(99_999);
  expect(() => assertPlainText(nested(1, 50_000))).toThrow(/^(a\.){32}.*: nested more than 64 levels deep$/);
  expect(() => assertPlainText(nested(1, 64))).not.toThrow();
});

test("what is said about a text names at most two hundred characters of where it is", () => {
  expect(() => assertPlainText({ ["k".repeat(5_000)]: "\0" })).toThrow(/^k{200}: text/);
});
