import { expect, test } from "vitest";
import { diceOf } from "./dice.ts";

const draws = (draw: () => number, count = 40_000) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test("equal seeds and names throw the same, others do not", () => {
  const three = (seed: number, name: string) => draws(diceOf(seed, name).unit, 3);
  expect(three(1, "a")).toEqual(three(1, "a"));
  expect(three(1, "a")).not.toEqual(three(2, "a"));
  expect(three(1, "a")).not.toEqual(three(1, "b"));
});

test("unit numbers lie in [0, 1) and are even", () => {
  const values = draws(diceOf(3, "unit").unit);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(Math.abs(mean(values) - 0.5)).toBeLessThan(0.006);
});

test("normal numbers have the mean, spread and tails of a normal one", () => {
  const values = draws(diceOf(3, "normal").normal);
  const beyond = (limit: number) => values.filter((value) => Math.abs(value) > limit).length / values.length;
  expect(Math.abs(mean(values))).toBeLessThan(0.02);
  expect(Math.abs(mean(values.map((value) => value * value)) - 1)).toBeLessThan(0.03);
  expect(Math.abs(beyond(1) - 0.317)).toBeLessThan(0.015);
  expect(Math.abs(beyond(2) - 0.0455)).toBeLessThan(0.006);
});
