import { expect, test } from "vitest";
import { normalTail } from "./normal.ts";

test.each([
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145707],
  [1.96, 0.024997895148220435],
  [2.4999999, 0.006209667078606404],
  [2.5, 0.006209665325776139],
  [3, 0.0013498980316300957],
  [6, 9.865876450377012e-10],
  [10, 7.619853024160593e-24],
  [-1, 0.8413447460685429],
])("beyond %s lies %s", (x, chance) => {
  expect(Math.abs(normalTail(x) / chance - 1)).toBeLessThan(2e-14);
});

test("it falls from 1 to 0, never rises, and is symmetric", () => {
  const grid = Array.from({ length: 801 }, (_, i) => i / 20 - 20);
  for (const [i, x] of grid.entries()) {
    expect(normalTail(x)).toBeLessThanOrEqual(normalTail(grid[i - 1] ?? Number.NEGATIVE_INFINITY));
    expect(normalTail(x) + normalTail(-x)).toBeCloseTo(1, 14);
  }
});

test("at the infinities nothing and everything lies beyond; what is no number stays none", () => {
  expect(normalTail(Number.POSITIVE_INFINITY)).toBe(0);
  expect(normalTail(Number.NEGATIVE_INFINITY)).toBe(1);
  expect(normalTail(Number.NaN)).toBeNaN();
});
