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

test("a request nested deeper than the stack is walked all the same", () => {
  let value: unknown = "\0";
  for (let depth = 0; depth < 50_000; depth += 1) value = [value];
  expect(() => assertPlainText(value)).toThrow(/NUL/);
});
