/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { averageRows } from "./average-rows.ts";
import { mulFloor } from "./multiply.ts";
import { divideColumns, dotRows, largestInColumns, type Sparse, sortRows, sumColumns } from "./sparse.ts";
import { normaliseEach } from "./vectors.ts";
import type { Workspace } from "./workspace.ts";

/**
 * D of the older path, and the state of `olderBonds` in `bonds`.
 *
 * Every column of D, B and E sums to at most about ONE, because A and the normalised columns do.
 *
 * @param weights weights for bonds, values in [0, 2^32]; overwritten.
 * @param market `work` A, I and `previous` B as u16; B is overwritten. `rate` raw bits in [0, 2^32].
 */
export function fillOlderBonds(weights: Sparse, { work, rate }: { work: Workspace; rate: number }): void {
  const { previous, bonds, perUid: columns, dividends } = work;
  scaleRows(weights, work.activeStake);
  for (const rows of [weights, previous]) {
    sortRows(rows);
    normaliseColumns(rows, columns);
  }
  averageRows({ observed: weights, previous, averaged: bonds }, rate);
  normaliseColumns(bonds, columns);
  dotRows({ rows: bonds, values: bonds.value, vector: work.incentive }, dividends);
  normaliseEach(dividends);
  largestInColumns(bonds, columns);
  divideColumns(bonds, { divisors: columns, quotients: bonds.value });
}

function normaliseColumns(rows: Sparse, sums: Float64Array): void {
  sumColumns(rows, sums);
  divideColumns(rows, { divisors: sums, quotients: rows.value });
}

function scaleRows({ start, value }: Sparse, factors: Float64Array): void {
  for (let i = 0; i < factors.length; i += 1) {
    const factor = factors[i]!;
    for (let k = start[i]!; k < start[i + 1]!; k += 1) value[k] = mulFloor(value[k]!, factor);
  }
}
