import { expect, test, vi } from "vitest";
import { plainMean } from "./aggregates.ts";
import { leaderTakesAll } from "./mechanisms/leader-takes-all.ts";
import { simulate } from "./simulate.ts";
import { honestMiner } from "./strategies/honest-miner.ts";
import { honestValidator } from "./strategies/honest-validator.ts";
import { samplingNoise } from "./strategies/measuring.ts";
import { submissionCopier } from "./strategies/submission-copier.ts";
import { samplingTolerance } from "./test/sampling.ts";
import { miner, validator } from "./test/subnets.ts";

// Thousands of challenges take a second on an idle machine.
vi.setConfig({ testTimeout: 60_000 });

const RATE = 0.7;
const CHALLENGES = 4_000;
const ATTEMPTS = 10;
const MARGINS = [0, 0.01, 0.02, 0.03, 0.05];

/** By episodes: chance that an exact copy wins one challenge, and one of ten, per margin. */
const PUBLISHED: readonly (readonly [number, readonly (readonly [number, number])[]])[] = [
  [
    50,
    [
      [0.5, 1],
      [0.47, 1],
      [0.44, 1],
      [0.41, 0.99],
      [0.35, 0.99],
    ],
  ],
  [
    500,
    [
      [0.5, 1],
      [0.41, 0.99],
      [0.32, 0.98],
      [0.23, 0.93],
      [0.11, 0.7],
    ],
  ],
  [
    2_000,
    [
      [0.5, 1],
      [0.32, 0.98],
      [0.17, 0.84],
      [0.07, 0.53],
      [0.01, 0.08],
    ],
  ],
  [
    10_000,
    [
      [0.5, 1],
      [0.14, 0.78],
      [0.02, 0.14],
      [0, 0.01],
      [0, 0],
    ],
  ],
];

/**
 * Which challenges a copy of the leader wins, both measured independently on n episodes of a task with success rate
 * 0.70. The error of a success rate is taken as normal, as the published figures do: with whole successes, ties would
 * go to the leader.
 */
function copyWins(episodes: number, margin: number): boolean[] {
  const strategy = honestValidator({ noise: samplingNoise(RATE, episodes) });
  const { decided } = simulate({
    seed: 70,
    epochs: CHALLENGES + 1,
    mechanism: leaderTakesAll({ aggregate: plainMean, margin, defender: "first" }),
    validators: [validator("validator", { stake: 1, strategy })],
    miners: [miner("leader", honestMiner({ quality: RATE })), miner("copier", submissionCopier({ lag: 1 }))],
  });
  // Before the first epoch there is nothing to copy.
  return decided?.leaders.slice(1).map((leader) => leader === 1) ?? [];
}

test.each(PUBLISHED)("a copy beats the leader on %i episodes as often as published", (episodes, figures) => {
  for (const [column, [once, ofTen]] of figures.entries()) {
    const wins = copyWins(episodes, MARGINS[column] ?? 0);
    const tens = Array.from({ length: CHALLENGES / ATTEMPTS }, (_, k) =>
      wins.slice(k * ATTEMPTS, (k + 1) * ATTEMPTS).includes(true),
    );
    const where = `${episodes} episodes, margin ${MARGINS[column]}`;
    // The published figures are exact to their last digit; all sampling error is ours.
    const [single, group] = [shareOf(wins) - once, shareOf(tens) - ofTen];
    expect(Math.abs(single), where).toBeLessThanOrEqual(samplingTolerance(once, [Infinity, CHALLENGES]));
    expect(Math.abs(group), where).toBeLessThanOrEqual(samplingTolerance(ofTen, [Infinity, tens.length]));
  }
});

function shareOf(claims: readonly boolean[]): number {
  return claims.filter(Boolean).length / claims.length;
}
