/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { mulFloor } from "./multiply.ts";
import type { Sparse } from "./sparse.ts";

const ONE = 4_294_967_296;
/** Beyond any uid: a row that has ended. */
const NO_UID = 65_536;

/**
 * `averageBonds` of two sets of ascending rows into `averaged`: mul(rate, D_ij) + mul(ONE − rate, B_ij), positive
 * values only.
 *
 * @param rows `observed` D and `previous` B, values in [0, 2^32]; `averaged` has room for the entries of both.
 * @param rate integer in [0, 2^32], raw bits.
 */
export function averageRows(
  rows: { observed: Sparse; previous: Sparse; averaged: Sparse },
  rate: number,
): void {
  const { observed, averaged } = rows;
  const n = observed.start.length - 1;
  let end = 0;
  for (let i = 0; i < n; i += 1) {
    averaged.start[i] = end;
    end = averageRow(rows, { i, end, rate });
  }
  averaged.start[n] = end;
}

function averageRow(
  { observed, previous, averaged }: { observed: Sparse; previous: Sparse; averaged: Sparse },
  row: { i: number; end: number; rate: number },
): number {
  const { i, rate } = row;
  const observedEnd = observed.start[i + 1]!;
  const previousEnd = previous.start[i + 1]!;
  let { end } = row;
  let d = observed.start[i]!;
  let b = previous.start[i]!;
  while (d < observedEnd || b < previousEnd) {
    const dUid = d < observedEnd ? observed.uid[d]! : NO_UID;
    const bUid = b < previousEnd ? previous.uid[b]! : NO_UID;
    const j = Math.min(dUid, bUid);
    let bond = 0;
    if (dUid === j) {
      bond = mulFloor(observed.value[d]!, rate);
      d += 1;
    }
    if (bUid === j) {
      bond += mulFloor(previous.value[b]!, ONE - rate);
      b += 1;
    }
    if (bond > 0) {
      averaged.uid[end] = j;
      averaged.value[end] = bond;
      end += 1;
    }
  }
  return end;
}
