import fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "./output.ts";

test("what would steer a terminal is shown by its number", () => {
  expect(printable("a\u001b[2Jb\u009b31m\r\u202ec")).toBe("a\\u001b[2Jb\\u009b31m\\u000d\\u202ec");
});

test("lines, tabs and every script are written as they are", () => {
  const text = "one\n\ttwo │ Prüfer 🧪 …";
  expect(printable(text)).toBe(text);
});

test("JSON says the same afterwards, and nothing in it steers", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, text) => {
      const shown = printable(JSON.stringify({ value, text }));
      expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify({ value, text })));
      expect(shown).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
    }),
    { numRuns: 30 },
  );
});
