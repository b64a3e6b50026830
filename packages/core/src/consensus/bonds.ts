import { add, type Fixed, fromInteger, mul, ONE, prop, q16, saturate, sub } from "./fixed.ts";
import { filterRows, sparseRow } from "./rows.ts";
import type { EpochInput, FixedRows, SparseRow } from "./types.ts";
import { at, zeros } from "./vector.ts";

const MILLION = 1_000_000n;

/** The inputs the bonds paths have in common. */
export type BondInput = Pick<
  EpochInput,
  "block" | "tempo" | "lastEpochRunBlock" | "blockAtRegistration" | "bonds" | "bondsMovingAverage"
>;

/**
 * Stored bonds without those on a uid that changed hands since the last epoch.
 *
 * Entry (i, j) is dropped when t ≤ registration of j, where t is the block after the last real run, or
 * block − tempo (not below 0) if there was none.
 *
 * @param input stored rows of (uid, u16).
 * @param unit `integer`: the u16 as a whole number (older path); `proportion`: as a share of 65535 (Yuma3).
 * @see subtensor epoch/run_epoch.rs
 */
export function previousBonds(input: BondInput, unit: "integer" | "proportion"): FixedRows {
  const since =
    input.lastEpochRunBlock === 0 ? Math.max(0, input.block - input.tempo) : input.lastEpochRunBlock + 1;
  const convert = unit === "integer" ? fromInteger : prop;
  const stored = input.bonds.map((row) => row.map(([uid, value]) => [uid, convert(value)] as const));
  return filterRows(stored, (_, j) => since > (input.blockAtRegistration[j] ?? 0));
}

/** How much of the new observation enters a bond: ONE − floor32(bondsMovingAverage / 10^6), Fixed. */
export function bondRate(bondsMovingAverage: number): Fixed {
  return sub(ONE, saturate((BigInt(bondsMovingAverage) * ONE) / MILLION));
}

/**
 * Moving average of bonds at one rate for all: E_ij = mul(rate, D_ij) + mul(ONE − rate, B_ij) over every
 * column of both, ascending, only positive values kept.
 *
 * @param observed D, one sparse row per uid, Fixed.
 * @param average `previous` B, one sparse row per uid, Fixed; `rate` Fixed in [0, ONE].
 * @see subtensor epoch/math.rs
 */
export function averageBonds(observed: FixedRows, average: { previous: FixedRows; rate: Fixed }): FixedRows {
  const kept = sub(ONE, average.rate);
  return observed.map((row, i) => {
    const sums = zeros(observed.length);
    accumulate(sums, row, average.rate);
    accumulate(sums, average.previous[i] ?? [], kept);
    return sparseRow(sums);
  });
}

/**
 * Bond rows to store: u16 proportions for the uids that hold a permit for the next epoch, empty for all others.
 *
 * @param bonds one sparse row per uid, Fixed in [0, ONE].
 */
export function storedBonds(bonds: FixedRows, newPermits: readonly boolean[]): SparseRow[] {
  return bonds.map((row, uid) =>
    newPermits[uid] === true ? row.map(([j, bond]) => [j, q16(bond)] as const) : [],
  );
}

function accumulate(sums: Fixed[], row: SparseRow<Fixed>, factor: Fixed): void {
  for (const [j, value] of row) if (j < sums.length) sums[j] = add(at(sums, j), mul(factor, value));
}
