import { expect, test } from "vitest";
import { clip } from "./clip.ts";
import { ONE } from "./fixed.ts";
import { bits, fixed, functionVectors, sparse, type Whole } from "./test/chain-vectors.ts";

type Vector = { input: Whole[][]; threshold: Whole[]; expected_sparse: [number, Whole][][] };

test.each(functionVectors<Vector>("col_clip"))("the chain's clipped columns %#", (vector) => {
  expect(clip(sparse(vector.input), fixed(vector.threshold))).toEqual(bits(vector.expected_sparse));
});

test("a weight without consensus disappears, an explicit zero stays", () => {
  expect(
    clip(
      [
        [
          [0, ONE],
          [1, 0n],
        ],
        [],
      ],
      [0n, 0n],
    ),
  ).toEqual([[[1, 0n]], []]);
});

test("weight up to consensus is kept, above it cut", () => {
  const rows = [[[0, 3n]], [[0, 9n]]] as const;
  expect(clip(rows, [5n, 0n])).toEqual([[[0, 3n]], [[0, 5n]]]);
});
