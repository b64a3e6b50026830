import { assertWhole } from "../../assert-whole.ts";
import { assertWithin } from "../../assert-within.ts";
import { binomial } from "../../probability/binomial.ts";
import { bar } from "./bar.ts";
import { presetThresholds } from "./presets.ts";

/** A leader, and copies of it that are evaluated on episodes of their own. */
export type CopyAttempt = {
  /** True success rate of both, in [0, 1]. */
  readonly successRate: number;
  /** Episodes of each evaluation, 1 to 100,000. */
  readonly episodes: number;
  /** m: lead required, as a share of the leader's figure, in [0, 1]. */
  readonly winMargin: number;
  /** Copies that try, 1 or more. */
  readonly tries: number;
  /** Whether all copies meet one figure of the leader, or each meets a fresh one. */
  readonly leader: "measured-once" | "measured-each-time";
};

/**
 * Chance that at least one exact copy of the leader wins by luck under a fixed margin (`source`); exact.
 *
 * X and Y ~ Bin(n, p) independent; a copy wins iff X/n − Y/n > `bar` of Y/n. With w(y) = P(X wins against y):
 * measured once Σ_y P(y)·(1 − (1 − w(y))^tries), each time 1 − (1 − Σ_y P(y)·w(y))^tries. Success rates only; for mean
 * rewards see {@link normalCopyChance}, for paired seeds `pairedCopyChance`.
 *
 * @returns in [0, 1]; never grows with the margin.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function copyChance({ successRate, episodes, winMargin, tries, leader }: CopyAttempt): number {
  assertWhole("episodes", episodes, 1);
  assertWithin("winMargin", winMargin, [0, 1]);
  assertWhole("tries", tries, 1);
  const chances = binomial(episodes, successRate);
  const wins = winChances(chances, winMargin);
  if (leader === "measured-once") return expected(chances, (y) => anyOf(wins[y] ?? 0, tries));
  return anyOf(
    expected(chances, (y) => wins[y] ?? 0),
    tries,
  );
}

/** For each figure y of the leader, the chance that a copy exceeds its bar. */
function winChances(chances: Float64Array, winMargin: number): Float64Array {
  const thresholds = { ...presetThresholds("source"), winMargin };
  const episodes = chances.length - 1;
  const above = tails(chances);
  let least = 0;
  return chances.map((_, y) => {
    const height = bar({ preset: "source", leaderValue: y / episodes, error: 0 }, thresholds);
    // The bar only rises with y, so the search goes on where it ended.
    while (least <= episodes && !((least - y) / episodes > height)) least += 1;
    return above[least] ?? 0;
  });
}

/** tails[k] = P(X ≥ k), summed from the far end, where the terms are small. */
function tails(chances: Float64Array): Float64Array {
  const sums = new Float64Array(chances.length);
  let sum = 0;
  for (let k = chances.length - 1; k >= 0; k -= 1) {
    sum += chances[k] ?? 0;
    sums[k] = Math.min(1, sum);
  }
  return sums;
}

function expected(chances: Float64Array, value: (k: number) => number): number {
  return Math.min(
    1,
    chances.reduce((sum, chance, k) => sum + chance * value(k), 0),
  );
}

/** Chance that at least one of so many independent tries succeeds: 1 − (1 − chance)^tries, exact for small ones too. */
export function anyOf(chance: number, tries: number): number {
  return -Math.expm1(tries * Math.log1p(-chance));
}
