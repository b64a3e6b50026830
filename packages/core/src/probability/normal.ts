/** From here on the continued fraction is exact to a double with these terms; below, the series is. */
const TAIL = 2.5;
const FRACTION_TERMS = 80;

/**
 * Chance that a standard normal value exceeds x: 1 − Φ(x), to about 1e-14 of itself.
 *
 * Below 2.5 by the series Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …), above by the continued fraction
 * φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))). For estimates that people read: `exp` is not the same on every machine.
 *
 * @param x any number, the infinities included; NaN gives NaN.
 * @returns in [0, 1].
 */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  return x < TAIL ? 0.5 - density(x) * series(x) : density(x) / fraction(x);
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

function series(x: number): number {
  let [term, sum] = [x, x];
  for (let k = 3; term > sum * Number.EPSILON; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return sum;
}

function fraction(x: number): number {
  let value = x;
  for (let k = FRACTION_TERMS; k >= 1; k -= 1) value = x + k / value;
  return value;
}
