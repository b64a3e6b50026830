import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { assertStakes, sumOf, voices } from "./stake.ts";

test("stakes are the voices, however small, once anybody has some", () => {
  expect(voices([0n, 5n, 1n])).toEqual([0n, 5n, 1n]);
});

test("without any stake every validator has one voice", () => {
  expect(voices([0n, 0n])).toEqual([1n, 1n]);
  expect(voices([])).toEqual([]);
});

test("amounts beyond the safe integers sum exactly", () => {
  expect(sumOf([2n ** 63n, 1n, 2n ** 63n])).toBe(2n ** 64n + 1n);
});

test("negative stake is refused", () => {
  expect(refusalOf(() => assertStakes([{ stakeRao: 1n }, { stakeRao: -1n }]))).toBe("CORE_OUT_OF_RANGE");
});
