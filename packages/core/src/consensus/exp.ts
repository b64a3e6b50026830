import { add, clamp, div, type Fixed, fromInteger, mul, ONE, saturate, sub } from "./fixed.ts";

const LIMIT = fromInteger(20);
const TERMS = 31n;
/** The chain's number library returns its own constant for e, which its series would not reach. */
const E: Fixed = 11_674_931_200n;

/**
 * e^x, by the chain's series.
 *
 * x is first clamped to [−20, 20]. Σ y^i / i! for i = 0..31 with y = |x|, each term floored twice; the
 * reciprocal, truncated, for negative x. exp(0) = ONE, exp(ONE) is a constant.
 *
 * @param x Fixed, any.
 * @returns Fixed, positive.
 * @see substrate-fixed transcendental.rs; subtensor epoch/math.rs
 */
export function exp(x: Fixed): Fixed {
  const clamped = clamp(x, -LIMIT, LIMIT);
  if (clamped === ONE) return E;
  return clamped < 0n ? (ONE * ONE) / series(-clamped) : series(clamped);
}

function series(y: Fixed): Fixed {
  let sum = ONE + y;
  let term = y;
  for (let i = 2n; i <= TERMS; i += 1n) {
    term = mul(term, y) / i;
    sum += term;
  }
  return saturate(sum);
}

/**
 * The logistic curve 1 / (1 + e^(−steepness · (x − midpoint))).
 *
 * @param x Fixed.
 * @param curve steepness and midpoint, Fixed.
 * @returns Fixed in [0, ONE].
 * @see subtensor epoch/math.rs
 */
export function sigmoid(x: Fixed, curve: { steepness: Fixed; midpoint: Fixed }): Fixed {
  const exponent = mul(-curve.steepness, sub(x, curve.midpoint));
  return div(ONE, add(exp(exponent), ONE));
}
