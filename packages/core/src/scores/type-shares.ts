import { assertWithin } from "../assert-within.ts";
import { CoreError } from "../errors.ts";
import {
  compareRationals,
  divideRationals,
  fromDecimal,
  multiplyRationals,
  type Rational,
  rational,
  subtractRationals,
  sumOfRationals,
} from "../exact/rational.ts";

/** A miner's standing in the type it is declared as now. */
export type TypedScore = {
  readonly type: string;
  /** V, finite, 0 or more. */
  readonly score: number;
};

/** What types are worth, and what bounds a miner. */
export type TypeRules = {
  /** Share of each type, 0 or more, sum exactly 1 as decimals. */
  readonly shares: Readonly<Record<string, number>>;
  /** What becomes of the share of a type in which nobody has a score. */
  readonly emptyType: "burn" | "redistribute";
  /** Lower scores weigh nothing, in [0, 1]. */
  readonly minScore: number;
  /** Largest part of its type's share that one miner gets, in (0, 1]; what is above burns. */
  readonly minerCap: number;
};

/** Exact shares of everything: miners and burn together are 1. */
export type TypeShares = {
  /** One per miner, in the order given. */
  readonly shares: readonly Rational[];
  readonly burn: Rational;
  /** Σ V of each type that the rules name. */
  readonly typeSums: ReadonlyMap<string, Rational>;
  /** What each type has to give after `emptyType`. */
  readonly effectiveShares: ReadonlyMap<string, Rational>;
};

const NOTHING = rational(0n);
const ALL = rational(1n);

/**
 * Per-type L1 normalisation: a miner's share is its part of its type's scores, times the type's share.
 *
 * share_i = effective share of the type · min(V_i / Σ_type V, cap). The cap burns what it takes, so that nobody gains by
 * the absence of rivals, and a type of one miner is not its own reward. A type without scores burns its share or, with
 * `redistribute`, leaves it to the others in proportion; with no scores anywhere everything burns.
 *
 * @param miners any order; types that the rules do not name, and scores below `minScore`, weigh nothing. Scores
 *   count as the decimals they are written as.
 * @throws CoreError CORE_OUT_OF_RANGE for a score that is not finite or negative, or shares that do not sum to 1.
 * @see BitMind SN34, incentive mechanism, weights by miner type.
 */
export function typeShares(miners: readonly TypedScore[], rules: TypeRules): TypeShares {
  assertRules(rules);
  const scores = miners.map((miner) => scoreOf(miner, rules));
  const typeSums = sumsByType(miners, scores, rules);
  const effectiveShares = effective(typeSums, rules);
  const cap = fromDecimal(rules.minerCap);
  const shares = miners.map(({ type }, index) => {
    const sum = typeSums.get(type) ?? NOTHING;
    if (sum.numerator === 0n) return NOTHING;
    const part = divideRationals(scores[index] ?? NOTHING, sum);
    return multiplyRationals(
      effectiveShares.get(type) ?? NOTHING,
      compareRationals(part, cap) > 0 ? cap : part,
    );
  });
  return { shares, burn: subtractRationals(ALL, sumOfRationals(shares)), typeSums, effectiveShares };
}

function scoreOf({ score }: TypedScore, { minScore }: TypeRules): Rational {
  assertWithin("score", score, [0, Number.MAX_VALUE]);
  return score < minScore ? NOTHING : fromDecimal(score);
}

function sumsByType(
  miners: readonly TypedScore[],
  scores: readonly Rational[],
  { shares }: TypeRules,
): Map<string, Rational> {
  const members = Map.groupBy(miners.keys(), (index) => miners[index]?.type ?? "");
  const sumOf = (type: string): Rational =>
    sumOfRationals((members.get(type) ?? []).map((index) => scores[index] ?? NOTHING));
  return new Map(Object.keys(shares).map((type) => [type, sumOf(type)]));
}

function effective(
  typeSums: ReadonlyMap<string, Rational>,
  { shares, emptyType }: TypeRules,
): Map<string, Rational> {
  const paid = [...typeSums].filter(([, sum]) => sum.numerator > 0n).map(([type]) => type);
  const stated = new Map(paid.map((type) => [type, fromDecimal(shares[type] ?? 0)]));
  const left = sumOfRationals([...stated.values()]);
  const isSpread = emptyType === "redistribute" && left.numerator > 0n;
  const shareOf = (type: string): Rational => {
    const share = stated.get(type) ?? NOTHING;
    return isSpread ? divideRationals(share, left) : share;
  };
  return new Map([...typeSums.keys()].map((type) => [type, shareOf(type)]));
}

function assertRules({ shares, minScore, minerCap }: TypeRules): void {
  assertWithin("minScore", minScore, [0, 1]);
  assertWithin("minerCap", minerCap, [Number.MIN_VALUE, 1]);
  const values = Object.values(shares);
  for (const share of values) assertWithin("share of a type", share, [0, 1]);
  if (compareRationals(sumOfRationals(values.map(fromDecimal)), ALL) === 0) return;
  const [name, value, range] = ["shares of the types", values.join(", "), "sum 1"];
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value, range });
}
