import { expect, test } from "vitest";
import { quantise } from "../weights/quantise.ts";
import { rowOf } from "./row.ts";

const row = (shares: number[], previous: readonly (readonly [number, number])[] = []) =>
  rowOf(Float64Array.from(shares), { first: 5, previous });

test("the largest share becomes 65535, what is missing goes to the owner", () => {
  expect(row([0.5, 0.25, 0])).toEqual([
    [0, 32_768],
    [5, 65_535],
    [6, 32_768],
  ]);
  expect(row([0.75, 0.25])).toEqual([
    [5, 65_535],
    [6, 21_845],
  ]);
  expect(row([0, 0])).toEqual([[0, 65_535]]);
});

test("uids of the previous row stay with an explicit zero", () => {
  expect(
    row(
      [1, 0, 0],
      [
        [0, 9],
        [6, 3],
      ],
    ),
  ).toEqual([
    [0, 0],
    [5, 65_535],
    [6, 0],
  ]);
});

test("weights are those the package would send", () => {
  const parts = [412_345_678, 300_000_001, 287_654_321];
  expect(row(parts.map((part) => part / 1e9)).map(([, value]) => value)).toEqual(quantise(parts));
});
