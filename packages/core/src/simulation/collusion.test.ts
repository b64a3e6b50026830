import { expect, test, vi } from "vitest";
import {
  cappedMedian,
  headMedian,
  plainMean,
  stakeWeightedMean,
  trimmedByHead,
  uncappedMedian,
  winsorisedByHead,
} from "./aggregates.ts";
import { leaderTakesAll } from "./mechanisms/leader-takes-all.ts";
import { simulate } from "./simulate.ts";
import { colluder } from "./strategies/colluder.ts";
import { honestMiner } from "./strategies/honest-miner.ts";
import { honestValidator } from "./strategies/honest-validator.ts";
import { samplingTolerance } from "./test/sampling.ts";
import { miner, validator } from "./test/subnets.ts";
import type { Aggregate } from "./types.ts";

// Thousands of challenges take a second on an idle machine.
vi.setConfig({ testTimeout: 60_000 });

/** Runs behind each published figure, and behind ours. */
const RUNS = [2_000, 500] as const;
const VALIDATORS = 12;

/** In the order of the columns; 2 of 12 votes are what a 20 % trim cuts at either end. */
const AGGREGATES: readonly (readonly [string, Aggregate])[] = [
  ["mean", plainMean],
  ["stake mean", stakeWeightedMean],
  ["Winsorised mean", winsorisedByHead(1 / VALIDATORS)],
  ["trimmed mean", trimmedByHead(2 / VALIDATORS)],
  ["median by head", headMedian],
  ["stake median", uncappedMedian],
  ["capped stake median", cappedMedian],
];

/** Who colludes, by rank of stake from 0, and how often the worse miner then wins under each aggregate. */
const COALITIONS: readonly (readonly [string, { ranks: readonly number[]; wins: readonly number[] }])[] = [
  ["the smallest", { ranks: [11], wins: [0.01, 0, 0, 0, 0, 0, 0] }],
  ["the largest", { ranks: [0], wins: [0.01, 1, 0, 0, 0, 0, 0] }],
  ["the two largest", { ranks: [0, 1], wins: [1, 1, 1, 0, 0, 0.13, 0.01] }],
  ["the three smallest", { ranks: [9, 10, 11], wins: [1, 0.1, 1, 1, 0, 0, 0] }],
  ["the five smallest", { ranks: [7, 8, 9, 10, 11], wins: [1, 1, 1, 1, 0.01, 0, 0] }],
  ["the seven smallest", { ranks: [5, 6, 7, 8, 9, 10, 11], wins: [1, 1, 1, 1, 1, 0, 0.01] }],
];

/**
 * Share of independent challenges that the worse miner wins: stake falls as 1/rank, honest noise is 0.03, the leader is
 * worth 0.70, the attacker's miner 0.60, colluders vote 1 for it and 0 for the leader, the margin is 3 %.
 */
function attackerWins(ranks: readonly number[], aggregate: Aggregate): number {
  const validators = Array.from({ length: VALIDATORS }, (_, rank) =>
    validator(`validator-${rank}`, {
      stake: Math.round(1_000_000 / (rank + 1)),
      strategy: ranks.includes(rank) ? colluder({ favours: ["attacker"] }) : honestValidator({ noise: 0.03 }),
    }),
  );
  const result = simulate({
    seed: 2_026,
    epochs: RUNS[1],
    mechanism: leaderTakesAll({ aggregate, margin: 0.03, defender: "first" }),
    validators,
    miners: [
      miner("leader", honestMiner({ quality: 0.7 })),
      miner("attacker", honestMiner({ quality: 0.6 })),
    ],
  });
  return result.decided?.misledRate ?? Number.NaN;
}

test.each(COALITIONS)("a coalition of %s wins as often as published", (_name, { ranks, wins }) => {
  const measured = AGGREGATES.map(([, aggregate]) => attackerWins(ranks, aggregate));
  for (const [column, [name]] of AGGREGATES.entries()) {
    const expected = wins[column] ?? Number.NaN;
    const distance = Math.abs((measured[column] ?? Number.NaN) - expected);
    expect(distance, `${name}: ${measured[column]} instead of ${expected}`).toBeLessThanOrEqual(
      samplingTolerance(expected, RUNS),
    );
  }
});
