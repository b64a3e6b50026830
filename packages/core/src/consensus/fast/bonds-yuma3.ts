/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { averageRows } from "./average-rows.ts";
import { followRows } from "./follow-rows.ts";
import { mulFloor } from "./multiply.ts";
import { proportionBits } from "./proportion.ts";
import type { RateCurve } from "./rate.ts";
import { divideColumns, dotRows, type Sparse, sortRows, sumColumns } from "./sparse.ts";
import { normaliseEach } from "./vectors.ts";
import type { Workspace } from "./workspace.ts";

/**
 * D of Yuma3, and the state of `yuma3Bonds` in `bonds`.
 *
 * A bond is at most ONE, so a column of up to 2^15 bonds sums to less than 2^48, within `divFloor`.
 *
 * @param weights weights for bonds, values in [0, 2^32]; overwritten.
 * @param market `work` A, C, I and `previous` B as u16; B is overwritten. `rate` raw bits in [0, 2^32]; `curve` null
 *   while liquid alpha is off.
 */
export function fillYuma3Bonds(
  weights: Sparse,
  { work, rate, curve }: { work: Workspace; rate: number; curve: RateCurve | null },
): void {
  const { previous, bonds, bondShares, perUid: columns, dividends, activeStake } = work;
  const end = previous.start.at(-1)!;
  for (let k = 0; k < end; k += 1) previous.value[k] = proportionBits(previous.value[k]!);
  if (curve !== null && work.consensus.some((level) => level > 0)) followRows(weights, { work, curve });
  else {
    sortRows(weights);
    sortRows(previous);
    averageRows({ observed: weights, previous, averaged: bonds }, rate);
  }
  sumColumns(bonds, columns);
  divideColumns(bonds, { divisors: columns, quotients: bondShares });
  dotRows({ rows: bonds, values: bondShares, vector: work.incentive }, dividends);
  for (let i = 0; i < dividends.length; i += 1) dividends[i] = mulFloor(dividends[i]!, activeStake[i]!);
  normaliseEach(dividends);
}
