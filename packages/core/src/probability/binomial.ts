import { assertWhole } from "../assert-whole.ts";
import { assertWithin } from "../assert-within.ts";

/** More trials than an evaluation ever has; beyond, the exact sums take too long. */
const MAX_TRIALS = 100_000;

/**
 * Chances of k = 0..n successes in n independent trials of success rate p, to about 1e-13.
 *
 * C(n, k)·p^k·(1 − p)^(n − k), by the ratio of neighbours outwards from the most likely k, then scaled to sum 1: nothing
 * overflows, and no logarithm is needed.
 *
 * @param trials n, whole, 0 to 100,000.
 * @param rate p in [0, 1].
 * @returns n + 1 chances; those too small for a double are 0.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function binomial(trials: number, rate: number): Float64Array {
  assertWhole("trials", trials);
  assertWithin("trials", trials, [0, MAX_TRIALS]);
  assertWithin("rate", rate, [0, 1]);
  const chances = new Float64Array(trials + 1);
  const likeliest = Math.min(trials, Math.floor((trials + 1) * rate));
  chances[likeliest] = 1;
  for (let k = likeliest; k < trials; k += 1)
    chances[k + 1] = ((chances[k] ?? 0) * (trials - k) * rate) / ((k + 1) * (1 - rate));
  for (let k = likeliest; k > 0; k -= 1)
    chances[k - 1] = ((chances[k] ?? 0) * k * (1 - rate)) / ((trials - k + 1) * rate);
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  return chances.map((chance) => chance / total);
}
