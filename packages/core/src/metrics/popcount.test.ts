import fc from "fast-check";
import { expect, test } from "vitest";
import { popcount, popcountOfBoth } from "./popcount.ts";

const slowly = (words: Uint32Array) =>
  Array.from(words, (word) => word.toString(2).replaceAll("0", "").length).reduce((a, b) => a + b, 0);
const word = fc.integer({ min: 0, max: 0xffffffff });
const twoOfOneLength = fc
  .array(fc.tuple(word, word), { maxLength: 100, size: "max" })
  .map((pairs) => [Uint32Array.from(pairs, ([a]) => a), Uint32Array.from(pairs, ([, b]) => b)] as const);

test("it counts the ones of the binary text", () => {
  fc.assert(
    fc.property(twoOfOneLength, ([a, b]) => {
      expect(popcount(a)).toBe(slowly(a));
      expect(popcountOfBoth(a, b)).toBe(slowly(a.map((value, i) => value & b[i]!)));
    }),
  );
});

test.each([0, 1, 30, 31, 32, 62, 63, 1000])("%i full words overflow nowhere", (length) => {
  expect(popcount(new Uint32Array(length).fill(0xffffffff))).toBe(length * 32);
});
