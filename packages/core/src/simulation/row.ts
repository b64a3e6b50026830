import { U16_MAX } from "../consensus/fixed.ts";
import type { SparseRow } from "../consensus/types.ts";
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

/** 1 − Σ shares; what rounding of the sum leaves over is no decision to burn. */
function burnOf(shares: Shares): number {
  let sum = 0;
  for (let miner = 0; miner < shares.length; miner += 1) sum += shares[miner] ?? 0;
  return 1 - sum > 1e-9 ? 1 - sum : 0;
}

function largestOf(shares: Shares): number {
  let largest = 0;
  for (let miner = 0; miner < shares.length; miner += 1) largest = Math.max(largest, shares[miner] ?? 0);
  return largest;
}
