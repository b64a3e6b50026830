import { expect, test } from "vitest";
import { challengeMechanism } from "../../mechanisms/challenge/mechanism.ts";
import { subsetsMechanism } from "../../mechanisms/subsets/mechanism.ts";
import { type MinerScore, scoreKey } from "../../scores/miner-score.ts";
import { scoreRound, scoreRules } from "../../scores/score-round.ts";
import { cappedMedian } from "../aggregates.ts";
import { simulate } from "../simulate.ts";
import { colluder } from "../strategies/colluder.ts";
import { honestMiners, honestValidators, subnetConfig, validator } from "../test/subnets.ts";
import type { Standing } from "../types.ts";
import { byMechanism } from "./by-mechanism.ts";

const EPISODES = 400;

/** Every validator's own moving averages, one round per epoch; all miners are detectors. */
function movingAverages() {
  let scores: ReadonlyMap<string, MinerScore> = new Map();
  let rounds = 0;
  return ({ block, miners, scores: rewards }: Standing) => {
    const owners = miners.map(({ hotkey }) => ({ hotkey, registeredAtBlock: 0, type: "detector" }));
    const observations = new Map(
      owners.map((owner, k) => [scoreKey(owner), { reward: rewards[k] ?? 0, isValid: true }] as const),
    );
    scores = scoreRound(scores, { block, observations }, scoreRules("assay"));
    rounds += 1;
    return { miners: owners, scores, rounds };
  };
}

/** One environment, in which the miners' success rates are their scores. */
const oneEnvironment = () => (standing: Standing) => ({
  candidates: standing.miners.map(({ hotkey }, sequence) => ({
    hotkey,
    committedAtBlock: 0,
    sequence,
    records: [{ successes: Math.round((standing.scores[sequence] ?? 0) * EPISODES), episodes: EPISODES }],
  })),
});

test("challenge: nobody is paid while validators warm up, then in proportion to work", () => {
  const mechanism = byMechanism(challengeMechanism, {
    parameters: challengeMechanism.presets.assay,
    inputsOf: movingAverages,
    aggregate: cappedMedian,
  });
  const { paid, decided, miners, burnedRao } = simulate(
    subnetConfig({ epochs: 80, mechanism, miners: honestMiners(4) }),
  );
  expect(decided).toBe(null);
  expect(paid.leaders.slice(0, 49)).toEqual(Array(49).fill(null));
  expect(paid.leaders.slice(49)).toEqual(Array(31).fill(0));
  const earned = miners.map(({ incentive }) => incentive);
  expect(earned).toEqual(earned.toSorted((a, b) => b - a));
  // The segmenters' tenth has nobody to go to.
  expect(burnedRao).toBeGreaterThan(0n);
});

test("subsets: the best miner has the one environment, whatever a minority claims", () => {
  const parameters = { ...subsetsMechanism.presets.assay, minEpisodes: 100 };
  const mechanism = byMechanism(subsetsMechanism, {
    parameters,
    inputsOf: oneEnvironment,
    aggregate: cappedMedian,
  });
  const liar = validator("liar", { stake: 1_000, strategy: colluder({ favours: ["miner-3"] }) });
  const { decided, paid } = simulate(
    subnetConfig({ mechanism, miners: honestMiners(4), validators: [...honestValidators(3), liar] }),
  );
  expect(decided?.leaders).toEqual(Array(40).fill(0));
  expect(paid.misledRate).toBe(0);
});
