import { CoreError } from "../errors.ts";

/** An exact fraction: `denominator` > 0, no common factor. */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint };

/** numerator / denominator in lowest terms; the denominator must be positive. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  const factor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / factor, denominator: denominator / factor };
}

/**
 * The number as people write it: the shortest decimal that names this double, exactly, so that 0.1 + 0.2 equals 0.3.
 *
 * @throws CoreError CORE_OUT_OF_RANGE if it is not finite.
 */
export function fromDecimal(value: number): Rational {
  if (!Number.isFinite(value))
    throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "value", value: String(value), range: "finite" });
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return power < 0 ? rational(digits, 10n ** BigInt(-power)) : rational(digits * 10n ** BigInt(power));
}

/** a + b. */
export function addRationals(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** a − b. */
export function subtractRationals(a: Rational, b: Rational): Rational {
  return addRationals(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** a · b. */
export function multiplyRationals(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** a / b; b must be positive. */
export function divideRationals(a: Rational, b: Rational): Rational {
  return multiplyRationals(a, { numerator: b.denominator, denominator: b.numerator });
}

/** Σ of the values; 0 for none. */
export function sumOfRationals(values: readonly Rational[]): Rational {
  return values.reduce(addRationals, rational(0n));
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compareRationals(a: Rational, b: Rational): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Bits of quotient kept before rounding: more than a double's 53, and one that remembers the remainder. */
const QUOTIENT_BITS = 64;

/** The double nearest to the fraction, halves to even; ±Infinity beyond the doubles. */
export function toNumber({ numerator, denominator }: Rational): number {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const shift = QUOTIENT_BITS + bitLength(denominator) - bitLength(magnitude);
  const up = shift > 0 ? magnitude << BigInt(shift) : magnitude;
  const down = shift > 0 ? denominator : denominator << BigInt(-shift);
  const sticky = up % down === 0n ? 0n : 1n;
  const value = scaledDown(Number((up / down) | sticky), shift);
  return numerator < 0n ? -value : value;
}

/** value / 2^bits, in two steps because 2^-bits alone may be too small for a double. */
function scaledDown(value: number, bits: number): number {
  const half = Math.trunc(bits / 2);
  return value * 2 ** -half * 2 ** (half - bits);
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
