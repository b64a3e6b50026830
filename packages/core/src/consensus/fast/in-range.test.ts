import { expect, test } from "vitest";
import { filled, subnet } from "../test/epoch-inputs.ts";
import type { EpochInput } from "../types.ts";
import { isInRange, isU16 } from "./in-range.ts";

test("an ordinary subnet is in range, and one without neurons", () => {
  expect([isInRange(subnet(4)), isInRange(subnet(0))]).toEqual([true, true]);
});

test.each<[string, Partial<EpochInput>]>([
  ["a moving average above one", { bondsMovingAverage: 1_000_001 }],
  ["a length that is not n", { stake: [1n] }],
  ["commits that are missing while they count", { commitReveal: true }],
  ["a fractional block", { block: 0.5 }],
  ["a block beyond exact doubles", { lastUpdate: [2 ** 53] }],
  ["a negative registration", { blockAtRegistration: [0, -1] }],
  ["a kappa that is no number", { kappa: Number.NaN }],
  ["a steepness beyond i16", { alphaSigmoidSteepness: -32_769 }],
  ["a threshold beyond u64", { stakeThreshold: 1n << 64n }],
  ["a negative emission", { raoEmission: -1n }],
])("%s is out of range", (_, changes) => {
  expect(isInRange(subnet(2, changes))).toBe(false);
});

test("one uid more than sums of u16 can hold is out of range", () => {
  const rows = (n: number) => ({ weights: filled(n, []), bonds: filled(n, []) });
  expect(isInRange(subnet(32_768, rows(32_768)))).toBe(true);
  expect(isInRange(subnet(32_769, rows(32_769)))).toBe(false);
});

test("a u16 is a whole number from 0 to 65535", () => {
  expect([0, 1, 65_535].every(isU16)).toBe(true);
  expect([-1, 65_536, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32].some(isU16)).toBe(false);
});
