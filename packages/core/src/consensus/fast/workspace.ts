import type { Sparse } from "./sparse.ts";

/** Entries of all weight rows and of all bond rows. */
export type EntryCounts = { readonly weights: number; readonly bonds: number };

/**
 * The numbers of one epoch, as raw bits unless stated; letters as in the reference. Overwritten by the next epoch
 * of the same kernel, so that an epoch allocates only what it returns.
 */
export type Workspace = {
  /** Entries there is room for. */
  readonly room: EntryCounts;
  /** Block at which each uid was registered. */
  readonly registered: Float64Array;
  /** S, A, A normalised once more, C, T, I and D, one per uid. */
  readonly stake: Float64Array;
  readonly activeStake: Float64Array;
  readonly voterStake: Float64Array;
  readonly consensus: Float64Array;
  readonly trust: Float64Array;
  readonly incentive: Float64Array;
  readonly dividends: Float64Array;
  /** W, V (later the weights for bonds), B and E. */
  readonly weights: Sparse;
  readonly clipped: Sparse;
  readonly previous: Sparse;
  readonly bonds: Sparse;
  /** The bonds with normalised columns, one value per entry of `bonds`. */
  readonly bondShares: Float64Array;
  /** Votes by miner, those on j from `start[j]` on; in the memory of the bonds, which are written later. */
  readonly columns: {
    readonly start: Int32Array;
    readonly stake: Float64Array;
    readonly score: Float64Array;
  };
  /** Scratch, one per uid. */
  readonly perUid: Float64Array;
  readonly marks: Int32Array;
};

/** Vectors with one double per uid, and arrays of integers with one per uid or row boundary. */
const VECTORS = 9;
const ROW_ARRAYS = 6;

/** Room for an epoch of exactly `n` uids and up to the given entries. */
export function createWorkspace(n: number, room: EntryCounts): Workspace {
  const { weights, bonds } = room;
  const both = weights + bonds;
  const memory = carve({
    doubles: VECTORS * n + 2 * weights + bonds + 2 * both,
    words: ROW_ARRAYS * (n + 1),
    halves: 2 * weights + bonds + both,
  });
  const sparse = (entries: number) => ({
    start: memory.words(n + 1),
    uid: memory.halves(entries),
    value: memory.doubles(entries),
  });
  const vector = () => memory.doubles(n);
  const bondRows = sparse(both);
  const bondShares = memory.doubles(both);
  return {
    room,
    registered: vector(),
    stake: vector(),
    activeStake: vector(),
    voterStake: vector(),
    consensus: vector(),
    trust: vector(),
    incentive: vector(),
    dividends: vector(),
    weights: sparse(weights),
    clipped: sparse(weights),
    previous: sparse(bonds),
    bonds: bondRows,
    bondShares,
    columns: { start: memory.words(n + 1), stake: bondShares, score: bondRows.value },
    perUid: vector(),
    marks: memory.words(n),
  };
}

/** One buffer that gives out arrays of three kinds, so that making a workspace is one allocation. */
function carve(counts: { doubles: number; words: number; halves: number }) {
  const wordsAt = counts.doubles * Float64Array.BYTES_PER_ELEMENT;
  const halvesAt = wordsAt + counts.words * Int32Array.BYTES_PER_ELEMENT;
  const buffer = new ArrayBuffer(halvesAt + counts.halves * Uint16Array.BYTES_PER_ELEMENT);
  const next = { doubles: 0, words: wordsAt, halves: halvesAt };
  return {
    doubles: (length: number): Float64Array => {
      const array = new Float64Array(buffer, next.doubles, length);
      next.doubles += array.byteLength;
      return array;
    },
    words: (length: number): Int32Array => {
      const array = new Int32Array(buffer, next.words, length);
      next.words += array.byteLength;
      return array;
    },
    halves: (length: number): Uint16Array => {
      const array = new Uint16Array(buffer, next.halves, length);
      next.halves += array.byteLength;
      return array;
    },
  };
}
