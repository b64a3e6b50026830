/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import type { EpochInput, EpochOutput, SparseRow } from "../types.ts";
import { amountOf, emissionOf } from "./amount.ts";
import { divFloor } from "./divide.ts";
import { toU16 } from "./proportion.ts";
import type { Sparse } from "./sparse.ts";
import { total } from "./vectors.ts";
import type { Workspace } from "./workspace.ts";

type Amounts = Pick<EpochOutput, "emission" | "serverEmission" | "validatorEmission">;

/**
 * `emissionShares` times the emission, from I, D, A and S.
 *
 * I and D sum to at most ONE each, so that their total stays below 2^34. Who earns on one side only is paid the same
 * amount as on that side; if nobody earns, all validators are paid by stake.
 */
export function paidAmounts(input: EpochInput, work: Workspace): Amounts {
  const { incentive, dividends, activeStake } = work;
  const emission = emissionOf(input.raoEmission);
  const earned = total(incentive) + total(dividends);
  const share = (x: number) => (earned === 0 ? x : divFloor(x, earned));
  const byStake = total(activeStake) === 0 ? work.stake : activeStake;
  const validators = earned === 0 ? byStake : dividends;
  const amounts = {
    emission: [] as bigint[],
    serverEmission: [] as bigint[],
    validatorEmission: [] as bigint[],
  };
  for (let uid = 0; uid < incentive.length; uid += 1) {
    const server = amountOf(share(incentive[uid]!), emission);
    const validator = amountOf(share(validators[uid]!), emission);
    amounts.serverEmission.push(server);
    amounts.validatorEmission.push(validator);
    if (incentive[uid] === 0) amounts.emission.push(validator);
    else if (dividends[uid] === 0) amounts.emission.push(server);
    else amounts.emission.push(amountOf(share(incentive[uid]! + dividends[uid]!), emission));
  }
  return amounts;
}

/** u16 proportions of a vector of raw bits. */
export function proportions(values: Float64Array): number[] {
  const rounded: number[] = [];
  rounded.length = values.length;
  for (let uid = 0; uid < values.length; uid += 1) rounded[uid] = toU16(values[uid]!);
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
