import { compareRationals, type Rational } from "../exact/rational.ts";

/** What a place in a ranking depends on. */
export type Ranked = {
  /** Exact aggregate, see `stakeMean`. */
  readonly score: Rational;
  /** Finalised block of acceptance, and the receipt's sequence within it. */
  readonly acceptedAtBlock: number;
  readonly sequence: number;
};

/**
 * Best first: score descending, ties to the earlier acceptance (block, then receipt sequence), never to a uid.
 *
 * @param contenders any order; unranked ones (`stakeMean` undefined) are left out by the caller.
 */
export function ranking<Contender extends Ranked>(contenders: readonly Contender[]): Contender[] {
  return contenders.toSorted(
    (a, b) =>
      compareRationals(b.score, a.score) || a.acceptedAtBlock - b.acceptedAtBlock || a.sequence - b.sequence,
  );
}
