/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import type { EpochInput, EpochOutput, SparseRow } from "../types.ts";
import { amountsOf } from "./amounts.ts";
import { toU16 } from "./proportion.ts";
import type { Sparse } from "./sparse.ts";
import { divideEach, total } from "./vectors.ts";
import type { Workspace } from "./workspace.ts";

type Amounts = Pick<EpochOutput, "emission" | "serverEmission" | "validatorEmission">;

/**
 * `emissionShares` times the emission, from I, D, A and S.
 *
 * I and D sum to at most ONE each, so that their total stays below 2^34.
 */
export function paidAmounts(input: EpochInput, work: Workspace): Amounts {
  const { incentive, dividends, perUid: shares, perUidToo: combined } = work;
  for (let uid = 0; uid < shares.length; uid += 1) combined[uid] = incentive[uid]! + dividends[uid]!;
  const earned = total(combined);
  const amounts = (values: Float64Array) => {
    divideEach(values, { by: earned, quotients: shares });
    return amountsOf(shares, input.raoEmission);
  };
  const byStake = total(work.activeStake) === 0 ? work.stake : work.activeStake;
  return {
    emission: amounts(earned === 0 ? byStake : combined),
    serverEmission: amounts(incentive),
    validatorEmission: amounts(earned === 0 ? byStake : dividends),
  };
}

/** u16 proportions of a vector of raw bits. */
export function proportions(values: Float64Array): number[] {
  const rounded: number[] = [];
  for (let uid = 0; uid < values.length; uid += 1) rounded.push(toU16(values[uid]!));
  return rounded;
}

/** `storedBonds`: u16 rows for the uids with a permit for the next epoch. */
export function storedRows(bonds: Sparse, permits: readonly boolean[]): SparseRow[] {
  const rows: SparseRow[] = [];
  for (let uid = 0; uid < permits.length; uid += 1)
    rows.push(permits[uid] === true ? storedRow(bonds, uid) : []);
  return rows;
}

function storedRow({ start, uid, value }: Sparse, i: number): SparseRow {
  const row: (readonly [number, number])[] = [];
  for (let k = start[i]!; k < start[i + 1]!; k += 1) row.push([uid[k]!, toU16(value[k]!)]);
  return row;
}
