import fc from "fast-check";
import { expect, test } from "vitest";
import { softmaxParts } from "./softmax.ts";

const shares = (points: number[]) => {
  const parts = softmaxParts(points);
  const total = parts.reduce((sum, part) => sum + part, 0n);
  return parts.map((part) => Number(part) / Number(total));
};

test("one point more is worth e times as much", () => {
  const [a = 0, b = 0] = shares([1, 0]);
  expect(a / b).toBeCloseTo(Math.E, 12);
});

test("one clear winner of ten gets 23.2 %, of 256 only 1.05 %", () => {
  expect(shares([1, ...Array(9).fill(0)])[0]).toBeCloseTo(0.232, 3);
  expect(shares([1, ...Array(255).fill(0)])[0]).toBeCloseTo(0.0105, 4);
});

test("no points are equal shares, no entries none", () => {
  expect(softmaxParts([0, 0, 0])).toEqual([2n ** 52n, 2n ** 52n, 2n ** 52n]);
  expect(softmaxParts([])).toEqual([]);
});

test("far behind is nothing, and the most points there can be do not overflow", () => {
  expect(softmaxParts([38, 0])).toEqual([2n ** 52n, 0n]);
  expect(softmaxParts([524_288, 0])).toEqual([2n ** 52n, 0n]);
});

test("the same as the exponential function, and shifting all points changes nothing", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 }),
      fc.nat({ max: 1000 }),
      (points, more) => {
        expect(softmaxParts(points.map((value) => value + more))).toEqual(softmaxParts(points));
        const total = points.reduce((sum, value) => sum + Math.exp(value), 0);
        for (const [index, share] of shares(points).entries())
          expect(share).toBeCloseTo(Math.exp(points[index] ?? 0) / total, 10);
      },
    ),
  );
});
