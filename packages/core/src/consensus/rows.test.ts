import { expect, test } from "vitest";
import { ONE } from "./fixed.ts";
import {
  columnSums,
  denseRow,
  dotRows,
  filterRows,
  mapRows,
  normaliseColumns,
  normaliseRows,
  rowSums,
  scaleRows,
  sparseRow,
  upscaleColumns,
  weightedColumnSums,
} from "./rows.ts";
import { bits, fixed, functionVectors, sparse, type Whole } from "./test/chain-vectors.ts";
import type { FixedRows } from "./types.ts";

type Matrix = Whole[][];
type Rows = [number, Whole][][];
type RowsVector = { input: Matrix; vector: Whole[]; expected_sparse: Rows };
type VectorVector = { input: Matrix; vector: Whole[]; expected_sparse: Whole[] };

test.each(functionVectors<RowsVector>("inplace_row_normalize"))(
  "the chain's normalised rows %#",
  (vector) => {
    expect(normaliseRows(sparse(vector.input))).toEqual(bits(vector.expected_sparse));
  },
);

test.each(functionVectors<RowsVector>("inplace_col_normalize"))(
  "the chain's normalised columns %#",
  (vector) => {
    const padded = [...vector.input, ...vector.input.map((): Whole[] => [])];
    const result = normaliseColumns(sparse(padded)).slice(0, vector.input.length);
    expect(result).toEqual(bits(vector.expected_sparse));
  },
);

test.each(functionVectors<RowsVector>("inplace_col_max_upscale"))(
  "the chain's upscaled columns %#",
  (vector) => {
    const padded = [...vector.input, ...vector.input.map((): Whole[] => [])];
    const result = upscaleColumns(sparse(padded)).slice(0, vector.input.length);
    expect(result).toEqual(bits(vector.expected_sparse));
  },
);

test.each(functionVectors<RowsVector>("row_hadamard"))("the chain's rows times a vector %#", (vector) => {
  expect(scaleRows(sparse(vector.input), fixed(vector.vector))).toEqual(bits(vector.expected_sparse));
});

test.each(functionVectors<VectorVector>("matmul"))("the chain's weighted column sums %#", (vector) => {
  const expected = fixed(vector.expected_sparse);
  const sums = weightedColumnSums(sparse(vector.input), fixed(vector.vector));
  expect(sums.slice(0, expected.length)).toEqual(expected);
});

test.each(functionVectors<VectorVector>("matmul_transpose"))("the chain's row products %#", (vector) => {
  const products = dotRows(sparse(vector.input), fixed(vector.vector));
  expect(products).toEqual(fixed(vector.expected_sparse));
});

const rows: FixedRows = [
  [
    [1, 4n],
    [0, 2n],
  ],
  [[5, 7n]],
];

test("sums of rows count every entry, sums of columns only those with a column", () => {
  expect(rowSums(rows)).toEqual([6n, 7n]);
  expect(columnSums(rows)).toEqual([2n, 4n]);
});

test("an entry beyond the last column is carried along unchanged", () => {
  expect(normaliseColumns(rows)[1]).toEqual([[5, 7n]]);
  expect(upscaleColumns(rows)[1]).toEqual([[5, 7n]]);
});

test("the order of a row survives mapping and filtering", () => {
  expect(mapRows(rows, (value, i, j) => value + BigInt(10 * i + j))).toEqual([
    [
      [1, 5n],
      [0, 2n],
    ],
    [[5, 22n]],
  ]);
  expect(filterRows(rows, (i, j, value) => i === 0 && j === 1 && value === 4n)).toEqual([[[1, 4n]], []]);
});

test("a row without weight is not divided", () => {
  expect(normaliseRows([[[3, 0n]], []])).toEqual([[[3, 0n]], []]);
});

test("dense and sparse forms agree, zeros left out and uids ascending", () => {
  expect(
    denseRow(
      [
        [2, ONE],
        [0, 1n],
        [9, 5n],
      ],
      3,
    ),
  ).toEqual([1n, 0n, ONE]);
  expect(sparseRow([1n, 0n, ONE, -1n])).toEqual([
    [0, 1n],
    [2, ONE],
  ]);
});
