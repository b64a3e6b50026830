import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { slide, WINDOW_SIZE } from "./window.ts";

test("it grows up to its size, then the oldest leaves", () => {
  const all = [1, 2, 3, 4, 5];
  expect(all.reduce((window: number[], item) => slide(window, item, 3), [])).toEqual([3, 4, 5]);
  expect(slide([], "a")).toEqual(["a"]);
});

test("200 are kept unless said otherwise, and the window given stays as it was", () => {
  const full = Array.from({ length: WINDOW_SIZE }, (_, index) => index);
  const next = slide(full, -1);
  expect([next.length, next[0], next.at(-1)]).toEqual([200, 1, -1]);
  expect(full.length).toBe(200);
});

test("a window from a larger size is cut to the newest", () => {
  expect(slide([1, 2, 3, 4], 5, 2)).toEqual([4, 5]);
});

test("it holds exactly the newest items", () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      const window = items.reduce((kept: number[], item) => slide(kept, item, size), []);
      expect(window).toEqual(items.slice(-size));
    }),
  );
});

test.each([0, -1, 1.5, Number.NaN])("a size of %s is refused", (size) => {
  expect(refusalOf(() => slide([], 1, size))).toBe("CORE_OUT_OF_RANGE");
});
