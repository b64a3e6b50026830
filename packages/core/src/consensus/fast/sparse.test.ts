import { expect, test } from "vitest";
import { divideColumns, dotRows, largestInColumns, type Sparse, sortRows, sumColumns } from "./sparse.ts";

const ONE = 2 ** 32;

/** Two rows over three uids: (2, ½), (0, 1) and (2, ¼). */
function rows(): Sparse {
  return {
    start: Int32Array.of(0, 2, 3),
    uid: Uint16Array.of(2, 0, 2),
    value: Float64Array.of(ONE / 2, ONE, ONE / 4),
  };
}

test("sorting moves each value with its uid, within its row", () => {
  const sorted = rows();
  sortRows(sorted);
  expect([...sorted.uid]).toEqual([0, 2, 2]);
  expect([...sorted.value]).toEqual([ONE, ONE / 2, ONE / 4]);
});

test("the largest uid keeps the largest value exact while it is sorted", () => {
  const sorted: Sparse = {
    start: Int32Array.of(0, 3),
    uid: Uint16Array.of(65_535, 3, 65_534),
    value: Float64Array.of(ONE, ONE - 1, 0),
  };
  sortRows(sorted);
  expect([...sorted.uid]).toEqual([3, 65_534, 65_535]);
  expect([...sorted.value]).toEqual([ONE - 1, 0, ONE]);
});

test("columns are summed and compared from zero, whatever the scratch held", () => {
  const columns = Float64Array.of(9, 9, 9);
  sumColumns(rows(), columns);
  expect([...columns]).toEqual([ONE, 0, (ONE * 3) / 4]);
  largestInColumns(rows(), columns);
  expect([...columns]).toEqual([ONE, 0, ONE / 2]);
});

test("each value is divided by its column's divisor, and by 0 is 0", () => {
  const quotients = new Float64Array(3);
  divideColumns(rows(), { divisors: Float64Array.of(0, 0, ONE), quotients });
  expect([...quotients]).toEqual([ONE / 2, 0, ONE / 4]);
});

test("rows are multiplied by a vector, with values given apart", () => {
  const sums = new Float64Array(2);
  dotRows({ rows: rows(), values: Float64Array.of(8, 4, 2), vector: Float64Array.of(ONE, 0, ONE / 2) }, sums);
  expect([...sums]).toEqual([8, 1]);
});
