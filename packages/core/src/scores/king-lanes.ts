import { assertWithin } from "../assert-within.ts";
import { CoreError } from "../errors.ts";
import {
  addRationals,
  compareRationals,
  divideRationals,
  fromDecimal,
  multiplyRationals,
  type Rational,
  rational,
  subtractRationals,
  sumOfRationals,
} from "../exact/rational.ts";

/** One lane and whoever has led it, the present king first; a hotkey may stand more than once. */
export type Lane = {
  readonly id: string;
  /** Share of the subnet, 0 or more. */
  readonly share: number;
  readonly kings: readonly string[];
};

/** Lanes that pay kings, and a pool that pays generators by score. */
export type KingLanes = {
  readonly lanes: readonly Lane[];
  readonly generators: {
    /** Share of the pool; lanes and pool sum to 1 as decimals. */
    readonly share: number;
    /** By hotkey, 0 or more. */
    readonly scores: ReadonlyMap<string, number>;
  };
};

/** A hotkey and what it is paid, exact. */
export type ExactShare = { readonly hotkey: string; readonly share: Rational };

/** Who is paid what; entries and burn are 1 together. */
export type KingShares = { readonly entries: readonly ExactShare[]; readonly burn: Rational };

const NOTHING = rational(0n);
const ALL = rational(1n);
/** The present king, the one before, and the one before that. */
const PLACES = [rational(17n, 20n), rational(1n, 10n), rational(1n, 20n)] as const;

/**
 * How one lane is divided: 85 %, 10 % and 5 % to the present king and the two distinct kings before it.
 *
 * Places without a king add to the present king: alone it has all, of two the first has 90 %.
 *
 * @param kings the present one first; later mentions of the same hotkey count for nothing.
 * @returns at most three, sum 1; nobody for no kings.
 * @see BitMind SN34, King of the Hill.
 */
export function laneShares(kings: readonly string[]): ExactShare[] {
  const distinct = [...new Set(kings)].slice(0, PLACES.length);
  const unclaimed = sumOfRationals(PLACES.slice(distinct.length));
  return distinct.map((hotkey, place) => {
    const share = PLACES[place] ?? NOTHING;
    return { hotkey, share: place === 0 ? addRationals(share, unclaimed) : share };
  });
}

/**
 * What kings and generators of a subnet are paid: each lane by {@link laneShares}, the pool in proportion to scores.
 *
 * A present king that is not registered burns its part; a former one that is not leaves it to the present king, or
 * burns it if that one is gone too. Who is paid by a lane is paid nothing by the pool. A lane without kings burns, and
 * so does a pool without scores.
 *
 * @param isRegistered tells whether a hotkey has a uid now; generators without one get nothing.
 * @returns entries in the order of their first payment, each hotkey once.
 * @throws CoreError CORE_OUT_OF_RANGE for a share or score that is not finite or negative, or shares that do not sum to 1.
 * @see BitMind SN34, King of the Hill.
 */
export function kingShares(
  { lanes, generators }: KingLanes,
  isRegistered: (hotkey: string) => boolean,
): KingShares {
  assertShares([...lanes.map(({ share }) => share), generators.share]);
  const payments = lanes.flatMap((lane) => lanePayments(lane, isRegistered));
  const kings = new Set(payments.map(({ hotkey }) => hotkey));
  const paid = merged([
    ...payments,
    ...poolPayments(generators, (hotkey) => isRegistered(hotkey) && !kings.has(hotkey)),
  ]);
  const entries = [...paid].map(([hotkey, share]) => ({ hotkey, share }));
  return { entries, burn: subtractRationals(ALL, sumOfRationals([...paid.values()])) };
}

function lanePayments({ share, kings }: Lane, isRegistered: (hotkey: string) => boolean): ExactShare[] {
  const whole = fromDecimal(share);
  const [first, ...others] = laneShares(kings);
  if (first === undefined) return [];
  const present = others.filter(({ hotkey }) => isRegistered(hotkey));
  const inherited = sumOfRationals(
    others.filter(({ hotkey }) => !isRegistered(hotkey)).map((king) => king.share),
  );
  const king = { hotkey: first.hotkey, share: addRationals(first.share, inherited) };
  const shares = isRegistered(first.hotkey) ? [king, ...present] : present;
  return shares.map((one) => ({ hotkey: one.hotkey, share: multiplyRationals(whole, one.share) }));
}

function poolPayments(
  { share, scores }: KingLanes["generators"],
  isPaid: (hotkey: string) => boolean,
): ExactShare[] {
  for (const score of scores.values()) assertWithin("score", score, [0, Number.MAX_VALUE]);
  const exact = [...scores].map(([hotkey, score]) => ({ hotkey, score: fromDecimal(score) }));
  const earning = exact.filter(({ hotkey, score }) => score.numerator > 0n && isPaid(hotkey));
  const total = sumOfRationals(earning.map(({ score }) => score));
  const whole = fromDecimal(share);
  return earning.map(({ hotkey, score }) => ({
    hotkey,
    share: multiplyRationals(whole, divideRationals(score, total)),
  }));
}

function merged(payments: readonly ExactShare[]): Map<string, Rational> {
  const paid = new Map<string, Rational>();
  for (const { hotkey, share } of payments)
    paid.set(hotkey, addRationals(paid.get(hotkey) ?? NOTHING, share));
  return paid;
}

function assertShares(shares: readonly number[]): void {
  for (const share of shares) assertWithin("share", share, [0, 1]);
  if (compareRationals(sumOfRationals(shares.map(fromDecimal)), ALL) === 0) return;
  const [name, value, range] = ["shares", shares.join(", "), "sum 1"];
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value, range });
}
