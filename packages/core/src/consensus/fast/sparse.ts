/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import { divFloor } from "./divide.ts";
import { mulFloor } from "./multiply.ts";

/**
 * Sparse rows in three arrays: row i holds the entries from `start[i]` up to, not including, `start[i + 1]`, each
 * a uid below the number of rows and a value. No uid stands twice in a row.
 */
export type Sparse = {
  readonly start: Int32Array;
  readonly uid: Uint16Array;
  readonly value: Float64Array;
};

/** 2^33: with a uid times this, a value in [0, 2^32] and its uid fit one exact number. */
const KEY_UNIT = 8_589_934_592;

/** Puts the entries of each row in ascending order of uid; values must be in [0, 2^32]. */
export function sortRows({ start, uid, value }: Sparse): void {
  for (let i = 0; i + 1 < start.length; i += 1) {
    const from = start[i]!;
    const to = start[i + 1]!;
    if (!isAscending(uid, { from, to }))
      sortEntries({ uid: uid.subarray(from, to), value: value.subarray(from, to) });
  }
}

/** Σ_i x_ij for each column j. */
export function sumColumns({ start, uid, value }: Sparse, sums: Float64Array): void {
  sums.fill(0);
  const end = start.at(-1)!;
  for (let k = 0; k < end; k += 1) sums[uid[k]!]! += value[k]!;
}

/** The largest value of each column j, 0 for an empty one. */
export function largestInColumns({ start, uid, value }: Sparse, largest: Float64Array): void {
  largest.fill(0);
  const end = start.at(-1)!;
  for (let k = 0; k < end; k += 1) {
    const j = uid[k]!;
    if (value[k]! > largest[j]!) largest[j] = value[k]!;
  }
}

/**
 * Each value divided by the divisor of its column, into `quotients`, which may be the values themselves. A value
 * is at most its divisor; where the divisor is 0, both are and it stays.
 */
export function divideColumns(
  { start, uid, value }: Sparse,
  columns: { divisors: Float64Array; quotients: Float64Array },
): void {
  const { divisors, quotients } = columns;
  const end = start.at(-1)!;
  for (let k = 0; k < end; k += 1) {
    const divisor = divisors[uid[k]!]!;
    quotients[k] = divisor === 0 ? 0 : divFloor(value[k]!, divisor);
  }
}

/** Σ_j mul(x_ij, v_j) for each row i, the values of the rows given apart. */
export function dotRows(
  { rows, values, vector }: { rows: Sparse; values: Float64Array; vector: Float64Array },
  sums: Float64Array,
): void {
  const { start, uid } = rows;
  for (let i = 0; i < sums.length; i += 1) {
    let sum = 0;
    for (let k = start[i]!; k < start[i + 1]!; k += 1) sum += mulFloor(values[k]!, vector[uid[k]!]!);
    sums[i] = sum;
  }
}

function isAscending(uid: Uint16Array, { from, to }: { from: number; to: number }): boolean {
  for (let k = from + 1; k < to; k += 1) if (uid[k]! < uid[k - 1]!) return false;
  return true;
}

function sortEntries({ uid, value }: Pick<Sparse, "uid" | "value">): void {
  const keys = Float64Array.from(value, (x, k) => uid[k]! * KEY_UNIT + x).sort();
  for (const [k, key] of keys.entries()) {
    uid[k] = Math.floor(key / KEY_UNIT);
    value[k] = key % KEY_UNIT;
  }
}
