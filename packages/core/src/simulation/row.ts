import { U16_MAX } from "../consensus/fixed.ts";
import type { SparseRow } from "../consensus/types.ts";
import { CoreError } from "../errors.ts";
import type { Shares } from "./types.ts";
import { OWNER_UID } from "./uids.ts";

/**
 * The row that carries shares: u16 by uid, the largest 65535, what is missing to 1 on the owner, explicit zeros for
 * uids of the previous row.
 *
 * As `sentRow`, but by rounded doubles: a simulation sets thousands of rows, and nobody stores them.
 *
 * @param first uid of the first miner.
 * @param previous the validator's row before, which keeps its bonds; from this function or empty.
 * @throws CoreError CORE_OUT_OF_RANGE for a share that is negative or no number, or a sum above 1.
 */
export function rowOf(
  shares: Shares,
  { first, previous }: { first: number; previous: SparseRow },
): SparseRow {
  const burn = burnOf(shares);
  const scale = U16_MAX / Math.max(largestOf(shares), burn);
  const row: [uid: number, value: number][] = [];
  let at = 0;
  const wasThere = (uid: number) => {
    while ((previous[at]?.[0] ?? uid) < uid) at += 1;
    return previous[at]?.[0] === uid;
  };
  if (burn > 0 || wasThere(OWNER_UID)) row.push([OWNER_UID, Math.round(burn * scale)]);
  for (let miner = 0; miner < shares.length; miner += 1) {
    const share = shares[miner] ?? 0;
    if (share > 0 || wasThere(first + miner)) row.push([first + miner, Math.round(share * scale)]);
  }
  return row;
}

/** What rounding of a sum leaves over; no decision to burn. */
const ROUNDING = 1e-9;

/** 1 − Σ shares. */
function burnOf(shares: Shares): number {
  let sum = 0;
  for (let miner = 0; miner < shares.length; miner += 1) {
    const share = shares[miner] ?? 0;
    if (!(share >= 0)) throw outOfRange("share", share);
    sum += share;
  }
  if (sum > 1 + ROUNDING) throw outOfRange("sum of shares", sum);
  return 1 - sum > ROUNDING ? 1 - sum : 0;
}

function outOfRange(name: string, value: number): CoreError {
  return new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range: "0..1" });
}

function largestOf(shares: Shares): number {
  let largest = 0;
  for (let miner = 0; miner < shares.length; miner += 1) largest = Math.max(largest, shares[miner] ?? 0);
  return largest;
}
