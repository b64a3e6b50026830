import { expect, test } from "vitest";
import { competitionMechanism } from "../../mechanisms/competition/mechanism.ts";
import { unknownOutcome } from "../../mechanisms/mechanism.ts";
import { plainMean } from "../aggregates.ts";
import { simulate } from "../simulate.ts";
import { honestMiners, subnetConfig } from "../test/subnets.ts";
import type { Standing } from "../types.ts";
import { byMechanism } from "./by-mechanism.ts";
import { leaderTakesAll } from "./leader-takes-all.ts";
import { proportional, proportionalShares } from "./proportional.ts";

const standing = (...scores: number[]): Standing => ({
  epoch: 0,
  block: 0,
  miners: honestMiners(scores.length),
  scores: Float64Array.from(scores),
});

test("shares go by the power of the score", () => {
  expect([...proportionalShares(Float64Array.of(0.5, 1, 0), 2)]).toEqual([0.2, 0.8, 0]);
});

test("no score and no work burn, and so does everything without any", () => {
  expect([...(proportional().start()(standing(Number.NaN, 0.5)) ?? [])]).toEqual([0, 1]);
  expect([...(proportional().start()(standing(Number.NaN, 0)) ?? [])]).toEqual([0, 0]);
});

test("the lead takes more than the margin; of several the best, ties to the first", () => {
  const decide = leaderTakesAll({ aggregate: plainMean, margin: 0.1 }).start();
  expect([...(decide(standing(0.5, 0.55, 0.2)) ?? [])]).toEqual([1, 0, 0]);
  expect([...(decide(standing(0.5, 0.6, 0.6)) ?? [])]).toEqual([0, 1, 0]);
  expect([...(decide(standing(0.62, 0.6, 0.7)) ?? [])]).toEqual([0, 0, 1]);
});

test("a leader keeps its place while nobody has a score, and loses it to anybody with one", () => {
  const decide = leaderTakesAll({ aggregate: plainMean, margin: 0.1 }).start();
  expect(decide(standing(Number.NaN, Number.NaN))).toBe(null);
  decide(standing(0.5, 0.1));
  expect([...(decide(standing(Number.NaN, Number.NaN)) ?? [])]).toEqual([1, 0]);
  expect([...(decide(standing(Number.NaN, 0.1)) ?? [])]).toEqual([0, 1]);
});

test("each epoch is a challenge of its own with the first miner as defender", () => {
  const decide = leaderTakesAll({ aggregate: plainMean, margin: 0, defender: "first" }).start();
  expect([...(decide(standing(0.5, 0.6)) ?? [])]).toEqual([0, 1]);
  expect([...(decide(standing(0.5, 0.5)) ?? [])]).toEqual([1, 0]);
});

test("a mechanism of the package decides as itself", () => {
  const parameters = competitionMechanism.presets.assay;
  const bestLeads =
    () =>
    ({ miners, scores }: Standing) => {
      const best = scores.reduce((a, b) => Math.max(a, b), 0);
      const leader = miners[scores.indexOf(best)]?.hotkey ?? null;
      return [{ id: "main", points: 1, leader }];
    };
  const mechanism = byMechanism(competitionMechanism, {
    parameters,
    inputsOf: bestLeads,
    aggregate: plainMean,
  });
  expect(mechanism.decidedBy).toBe("backend");
  const same = leaderTakesAll({ aggregate: plainMean, margin: 0 });
  const [ours, theirs] = [mechanism, same].map((use) => simulate(subnetConfig({ mechanism: use })));
  expect(ours).toEqual(theirs);
});

test("an unknown outcome leaves the rows on chain as they are", () => {
  let calls = 0;
  const mechanism = byMechanism(
    {
      ...competitionMechanism,
      decide: (question) => {
        calls += 1;
        return calls > 3 ? unknownOutcome("lost") : competitionMechanism.decide(question);
      },
    },
    {
      parameters: competitionMechanism.presets.assay,
      inputsOf: () => () => [{ id: "main", points: 1, leader: "miner-2" }],
      aggregate: plainMean,
    },
  );
  const { paid, decided } = simulate(subnetConfig({ epochs: 8, mechanism }));
  expect(paid.leaders).toEqual(Array(8).fill(2));
  expect(decided?.leaders).toEqual(Array(8).fill(2));
});

test("shares of hotkeys that do not mine burn", () => {
  const mechanism = byMechanism(competitionMechanism, {
    parameters: competitionMechanism.presets.assay,
    inputsOf: () => () => [{ id: "main", points: 1, leader: "gone" }],
    aggregate: plainMean,
  });
  const { burnedRao, paid } = simulate(subnetConfig({ mechanism }));
  expect(burnedRao).toBeGreaterThan(0n);
  expect(paid.leaders).toEqual(Array(40).fill(null));
});
