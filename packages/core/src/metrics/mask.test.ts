import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { isSameShape, packedMask, pixelsOf, wordsFor } from "./mask.ts";

test("words that are packed already become a mask with its area", () => {
  const words = Uint32Array.of(0x80000001, 0xc0000000);
  expect(packedMask(words, { width: 17, height: 2 })).toEqual({ width: 17, height: 2, words, area: 4 });
});

test("too few, too many words and bits behind the last pixel are refused", () => {
  expect(refusalOf(() => packedMask(new Uint32Array(1), { width: 33, height: 1 }))).toBe(
    "CORE_LENGTH_MISMATCH",
  );
  expect(refusalOf(() => packedMask(new Uint32Array(3), { width: 64, height: 1 }))).toBe(
    "CORE_LENGTH_MISMATCH",
  );
  expect(refusalOf(() => packedMask(Uint32Array.of(1), { width: 31, height: 1 }))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => packedMask(Uint32Array.of(2), { width: 31, height: 1 }))).toBeUndefined();
  expect(refusalOf(() => packedMask(Uint32Array.of(0xffffffff), { width: 32, height: 1 }))).toBeUndefined();
});

test.each([
  [0, 5],
  [5, -1],
  [1.5, 2],
  [Number.NaN, 2],
  [2 ** 30, 2 ** 30],
])("a shape of %s x %s is refused", (width, height) => {
  expect(refusalOf(() => pixelsOf({ width, height }))).toBe("CORE_OUT_OF_RANGE");
});

test("two shapes with as many pixels are not the same", () => {
  expect(isSameShape({ width: 2, height: 8 }, { width: 4, height: 4 })).toBe(false);
  expect(isSameShape({ width: 4, height: 4 }, { width: 4, height: 4 })).toBe(true);
});

test.each([
  [1, 1],
  [32, 1],
  [33, 2],
])("%i pixels take %i words", (pixels, words) => {
  expect(wordsFor(pixels)).toBe(words);
});
