import { addRationals, type Rational, rational } from "../../exact/rational.ts";
import type { EnvironmentMask } from "./beaten.ts";

/** Which subsets have been given out, and to whom: changed in place while the points of one question are counted. */
export type Board = {
  /** 1 for every subset that has an owner; the empty set counts as having one. */
  readonly isTaken: Uint8Array;
  /** Per candidate: points by the number of those who share the subset they come from. */
  readonly credits: readonly Map<number, number>[];
};

/** A board on which no subset has an owner. */
export function newBoard(candidates: number, environments: number): Board {
  const isTaken = new Uint8Array(2 ** environments);
  isTaken[0] = 1;
  return { isTaken, credits: Array.from({ length: candidates }, () => new Map<number, number>()) };
}

/** Gives a subset to a candidate, unless it has an owner. */
export function claim(board: Board, { index, subset }: { index: number; subset: EnvironmentMask }): void {
  if (board.isTaken[subset] === 1) return;
  board.isTaken[subset] = 1;
  credit(board, { index, subset, sharers: 1 });
}

/** Gives a candidate its part of a subset that `sharers` share. */
export function credit(board: Board, at: { index: number; subset: EnvironmentMask; sharers: number }): void {
  const credits = board.credits[at.index];
  credits?.set(at.sharers, (credits.get(at.sharers) ?? 0) + sizeOf(at.subset));
}

/** Points of one candidate, exactly. */
export function pointsOf(credits: ReadonlyMap<number, number>): Rational {
  return [...credits]
    .map(([sharers, points]) => rational(BigInt(points), BigInt(sharers)))
    .reduce(addRationals, rational(0n));
}

/** The subsets without owner. */
export function openSubsets({ isTaken }: Board): EnvironmentMask[] {
  return [...isTaken.keys()].filter((subset) => isTaken[subset] === 0);
}

/** |S|. */
export function sizeOf(subset: EnvironmentMask): number {
  let size = 0;
  for (let left = subset; left > 0; left &= left - 1) size += 1;
  return size;
}
