import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex } from "./sha256.ts";

test.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
])("%j has its published hash", async (text, hash) => {
  expect(await sha256Hex(text)).toBe(hash);
});

test("bytes and a text's UTF-8 bytes hash alike, also a part of a larger buffer", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (text) => {
      const bytes = new TextEncoder().encode(`x${text}`).subarray(1);
      const expected = createHash("sha256").update(text).digest("hex");
      expect(await sha256Hex(text)).toBe(expected);
      expect(await sha256Hex(bytes)).toBe(expected);
    }),
  );
});
