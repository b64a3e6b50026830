import { add, div, type Fixed, mul } from "./fixed.ts";
import type { FixedRows, SparseRow } from "./types.ts";
import { at, normaliseBy, sum, zeros } from "./vector.ts";

// The matrix is square: as many columns as rows. An entry beyond the last column keeps its place in the
// row but takes part in no column.

/** The same entries, each value replaced by `f(value, row, column)`. */
export function mapRows(
  rows: FixedRows,
  f: (value: Fixed, row: number, column: number) => Fixed,
): SparseRow<Fixed>[] {
  return rows.map((row, i) => row.map(([j, value]) => [j, f(value, i, j)] as const));
}

/** The entries for which `keep(row, column, value)` holds, in their order. */
export function filterRows(
  rows: FixedRows,
  keep: (row: number, column: number, value: Fixed) => boolean,
): SparseRow<Fixed>[] {
  return rows.map((row, i) => row.filter(([j, value]) => keep(i, j, value)));
}

/** Σ_j x_ij for each row i. */
export function rowSums(rows: FixedRows): Fixed[] {
  return rows.map((row) => sum(row.map(([, value]) => value)));
}

/** Σ_i x_ij for each column j. */
export function columnSums(rows: FixedRows): Fixed[] {
  return foldColumns(rows, add);
}

/** Σ_i mul(s_i, x_ij) for each column j. */
export function weightedColumnSums(rows: FixedRows, weights: readonly Fixed[]): Fixed[] {
  return columnSums(scaleRows(rows, weights));
}

/** Σ_j mul(x_ij, v_j) for each row i. */
export function dotRows(rows: FixedRows, vector: readonly Fixed[]): Fixed[] {
  return rowSums(mapRows(rows, (value, _, j) => mul(value, at(vector, j))));
}

/** Each row i times s_i. */
export function scaleRows(rows: FixedRows, weights: readonly Fixed[]): SparseRow<Fixed>[] {
  return mapRows(rows, (value, i) => mul(value, at(weights, i)));
}

/** Each row divided by its sum; a row whose sum is 0 stays as it is. */
export function normaliseRows(rows: FixedRows): SparseRow<Fixed>[] {
  return rows.map((row) => {
    const values = row.map(([, value]) => value);
    const shares = normaliseBy(values, sum(values));
    return row.map(([j], k) => [j, at(shares, k)] as const);
  });
}

/** Each column divided by its sum; a column whose sum is 0 stays as it is. */
export function normaliseColumns(rows: FixedRows): SparseRow<Fixed>[] {
  return divideColumns(rows, columnSums(rows));
}

/** Each column divided by its largest value; a column without a positive one stays as it is. */
export function upscaleColumns(rows: FixedRows): SparseRow<Fixed>[] {
  const larger = (a: Fixed, b: Fixed) => (b > a ? b : a);
  return divideColumns(rows, foldColumns(rows, larger));
}

/** A sparse row as `length` values; the last of several entries for one uid counts. */
export function denseRow(row: SparseRow<Fixed>, length: number): Fixed[] {
  const dense = zeros(length);
  for (const [j, value] of row) if (j < length) dense[j] = value;
  return dense;
}

/** The positive values of a dense row, uids ascending. */
export function sparseRow(dense: readonly Fixed[]): SparseRow<Fixed> {
  return dense.map((value, j) => [j, value] as const).filter(([, value]) => value > 0n);
}

function divideColumns(rows: FixedRows, divisors: readonly Fixed[]): SparseRow<Fixed>[] {
  return mapRows(rows, (value, _, j) => {
    const divisor = at(divisors, j);
    return divisor === 0n ? value : div(value, divisor);
  });
}

function foldColumns(rows: FixedRows, combine: (a: Fixed, b: Fixed) => Fixed): Fixed[] {
  const columns = zeros(rows.length);
  for (const row of rows) {
    for (const [j, value] of row) if (j < columns.length) columns[j] = combine(at(columns, j), value);
  }
  return columns;
}
