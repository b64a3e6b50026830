import type { Rational } from "./rational.ts";

/** The fractions as whole numbers of one part, in proportion exactly: numerators over the least common denominator. */
export function overCommonDenominator(values: readonly Rational[]): bigint[] {
  const common = values.reduce((multiple, { denominator }) => commonMultiple(multiple, denominator), 1n);
  return values.map(({ numerator, denominator }) => numerator * (common / denominator));
}

function commonMultiple(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return (a / x) * b;
}
