/* oxlint-disable typescript/no-non-null-assertion -- numeric loops: every index is below the length it walks */
import type { EpochInput, SparseRow } from "../types.ts";
import { divFloor } from "./divide.ts";
import { isU16 } from "./in-range.ts";
import type { Sparse } from "./sparse.ts";
import type { Workspace } from "./workspace.ts";

/** Where rows are read into, which of their entries count, and how far the reading is. */
type Reader = {
  readonly into: Sparse;
  /** Block at which each uid was registered, and for each row the newest registration that counts. */
  readonly registered: Float64Array;
  readonly newest: Float64Array;
  /** Whether an entry on the row's own uid counts. */
  readonly keepsOwn: (row: number) => boolean;
  /** Whether an entry beyond the last uid hides those behind it. */
  readonly isOrdered: boolean;
  /** The row in which each uid was last seen, counted from 1. */
  readonly marks: Int32Array;
  row: number;
  at: number;
};

const NO_UID = -1;

/**
 * W of `maskWeights`: the entries that count of each permitted row, divided by their sum.
 *
 * @returns false if an entry is not a pair of u16 or a uid stands twice in a row.
 */
export function readWeights(
  input: EpochInput,
  { work, permits }: { work: Workspace; permits: readonly boolean[] },
): boolean {
  const { registered, marks, weights: into, perUid: newest } = work;
  for (let i = 0; i < input.n; i += 1) {
    registered[i] = input.blockAtRegistration[i]!;
    newest[i] = permits[i] === true ? newestTarget(input, i) : -1;
  }
  const keepsOwn = (row: number) => row === input.ownerUid;
  const reader = { into, registered, newest, keepsOwn, isOrdered: false, marks, row: 0, at: 0 };
  if (!readRows(input.weights, reader)) return false;
  normaliseRows(into);
  return true;
}

/**
 * Stored bonds, as u16, without those on a uid that changed hands since the last epoch, see `previousBonds`; after
 * {@link readWeights}, which reads the registrations too.
 *
 * @returns false as for {@link readWeights}, or if the order of a row matters and has a gap.
 */
export function readBonds(input: EpochInput, work: Workspace): boolean {
  const { lastEpochRunBlock: ran } = input;
  const newest = work.perUid.fill(ran === 0 ? Math.max(0, input.block - input.tempo) - 1 : ran);
  const { registered, marks, previous: into } = work;
  const isOrdered = input.yuma3 && input.liquidAlpha;
  const keepsOwn = () => true;
  return readRows(input.bonds, { into, registered, newest, keepsOwn, isOrdered, marks, row: 0, at: 0 });
}

/** The newest registration that a validator's weights, and its live commit, are still newer than. */
function newestTarget(input: EpochInput, validator: number): number {
  const updated = (input.lastUpdate[validator] ?? 0) - 1;
  const committed = input.commitReveal ? input.liveCommitBlock[validator] : null;
  return committed === null || committed === undefined ? updated : Math.min(updated, committed);
}

function readRows(rows: readonly SparseRow[], reader: Reader): boolean {
  reader.marks.fill(0);
  const { start } = reader.into;
  for (let i = 0; i < rows.length; i += 1) {
    reader.row = i;
    start[i] = reader.at;
    const row = rows[i]!;
    if (row.length > 0 && !appendRow(row, reader)) return false;
  }
  start[rows.length] = reader.at;
  return true;
}

function appendRow(row: SparseRow, reader: Reader): boolean {
  const { into, registered, marks } = reader;
  const newest = reader.newest[reader.row]!;
  const except = reader.keepsOwn(reader.row) ? NO_UID : reader.row;
  const mark = reader.row + 1;
  let { at } = reader;
  let isHidden = false;
  for (let k = 0; k < row.length; k += 1) {
    const entry = row[k]!;
    const j = entry[0];
    const value = entry[1];
    if (!isU16(j) || !isU16(value)) return false;
    if (j >= registered.length) isHidden = reader.isOrdered;
    else if (registered[j]! <= newest && j !== except) {
      if (marks[j] === mark || isHidden) return false;
      marks[j] = mark;
      into.uid[at] = j;
      into.value[at] = value;
      at += 1;
    }
  }
  reader.at = at;
  return true;
}

function normaliseRows({ start, value }: Sparse): void {
  for (let i = 0; i + 1 < start.length; i += 1) {
    const to = start[i + 1]!;
    let sum = 0;
    for (let k = start[i]!; k < to; k += 1) sum += value[k]!;
    if (sum > 0) for (let k = start[i]!; k < to; k += 1) value[k] = divFloor(value[k]!, sum);
  }
}
