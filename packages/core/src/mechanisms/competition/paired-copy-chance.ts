import { assertWhole } from "../../assert-whole.ts";
import { assertWithin } from "../../assert-within.ts";
import { binomial } from "../../probability/binomial.ts";
import type { Thresholds } from "../../schema/competition.ts";
import { bar } from "./bar.ts";
import { anyOf } from "./copy-chance.ts";

/** A leader, and copies of it that run the same seeds. */
export type PairedAttempt = {
  /** The leader's success rate, in [0, 1]. */
  readonly successRate: number;
  /** Seeds of each cycle, 1 to 100,000. */
  readonly episodes: number;
  /**
   * Chance that two runs of the same agent differ on a seed, in [0, 1]. 0 for a deterministic agent; at most
   * 2p(1 − p) for one of success rate p whose runs have nothing in common.
   */
  readonly disagreement: number;
  /** Cycles in which a copy tries, 1 or more. */
  readonly tries: number;
};

/** Numbers of differing seeds less likely than this change nothing that anybody reads. */
const NEGLIGIBLE = 1e-15;

/**
 * Chance that at least one exact copy of the leader wins by luck on paired seeds (`assay`); exact for success rates.
 *
 * D ~ Bin(n, q) seeds differ, W ~ Bin(D, ½) of them in the copy's favour: d = (2W − D)/n with standard error
 * √((D − n·d²)/(n(n − 1))). The copy wins iff d > `bar`. A deterministic agent never differs from its copy: 0, however
 * often it tries.
 *
 * @param thresholds of the competition: m, z, ε and the ceiling.
 * @returns in [0, 1].
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function pairedCopyChance(attempt: PairedAttempt, thresholds: Thresholds): number {
  const { successRate, episodes, disagreement, tries } = attempt;
  assertWithin("successRate", successRate, [0, 1]);
  assertWhole("episodes", episodes, 1);
  assertWhole("tries", tries, 1);
  const chances = binomial(episodes, disagreement);
  const isLead = (difference: number, error: number): boolean =>
    difference > bar({ preset: "assay", leaderValue: successRate, error }, thresholds);
  const one = chances.reduce(
    (sum, chance, differing) =>
      chance < NEGLIGIBLE ? sum : sum + chance * leadChance({ differing, episodes, isLead }),
    0,
  );
  return anyOf(Math.min(1, one), tries);
}

/** With so many seeds that differ, the chance that the copy's share of them makes a lead. */
function leadChance({
  differing,
  episodes,
  isLead,
}: {
  differing: number;
  episodes: number;
  isLead: (difference: number, error: number) => boolean;
}): number {
  const chances = binomial(differing, 0.5);
  let sum = 0;
  for (let won = differing; won >= 0; won -= 1) {
    const difference = (2 * won - differing) / episodes;
    if (!isLead(difference, errorOf({ differing, episodes, difference }))) return sum;
    sum += chances[won] ?? 0;
  }
  return sum;
}

/** Standard error of a mean of `episodes` values, `differing` of them ±1 and the others 0. */
function errorOf({
  differing,
  episodes,
  difference,
}: {
  differing: number;
  episodes: number;
  difference: number;
}): number {
  if (episodes === 1) return 0;
  const squares = Math.max(0, differing - episodes * difference * difference);
  return Math.sqrt(squares / (episodes - 1) / episodes);
}
