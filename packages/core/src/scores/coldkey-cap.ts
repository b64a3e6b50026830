import {
  addRationals,
  compareRationals,
  multiplyRationals,
  type Rational,
  rational,
} from "../exact/rational.ts";
import { sumOf } from "./stake.ts";

/** No coldkey is held below this share: 0.20. */
const LEAST_CAP = rational(1n, 5n);
/** Share of all stake that must remain after capping: 0.80. */
const LEAST_KEPT = rational(4n, 5n);

/**
 * Cap on what one coldkey's stake may weigh: the larger of 0.20 of the total and the smallest c with
 * Σ min(stake_k, c) ≥ 0.80 of the total.
 *
 * With stakes s_1 ≥ s_2 ≥ … the second is max over i of (0.80·T − Σ_{k>i} s_k) / i, because Σ min(s_k, c) never
 * exceeds i·c + Σ_{k>i} s_k and equals it for one i.
 *
 * @param stakes voting stake per coldkey, rao, not negative, any order.
 * @returns the cap in rao, exact; 0 without stake.
 */
export function coldkeyCap(stakes: readonly bigint[]): Rational {
  const descending = stakes.toSorted((a, b) => (a > b ? -1 : Number(a < b)));
  const total = rational(sumOf(stakes));
  const kept = multiplyRationals(LEAST_KEPT, total);
  const caps = descending.map((_, index) => {
    const below = rational(-sumOf(descending.slice(index + 1)));
    return multiplyRationals(addRationals(kept, below), rational(1n, BigInt(index + 1)));
  });
  return caps.reduce(
    (cap, next) => (compareRationals(next, cap) > 0 ? next : cap),
    multiplyRationals(LEAST_CAP, total),
  );
}
