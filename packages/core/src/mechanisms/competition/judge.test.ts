import fc from "fast-check";
import { expect, test } from "vitest";
import type { Episode } from "../../schema/evaluation.ts";
import { AgentFigures } from "../../schema/submission.ts";
import { refusalOf } from "../../test/refusal.ts";
import type { ValidatorResult } from "./judge-input.ts";
import { presetThresholds } from "./presets.ts";
import { judged, leaderOf, resultsOf, rosterOf, runOf, SEEDS } from "./test/runs.ts";

const everywhere = (run: readonly Episode[], validators = 3) => Array.from({ length: validators }, () => run);
const entrantOf = (run: readonly Episode[]) => resultsOf(everywhere(run));
const failure = { code: "EVALUATOR_AGENT_TIMEOUT", detail: "the turn took longer than 50 ms" };

test("without a leader whoever reaches every minimum is a candidate", () => {
  expect(judged({ entrant: entrantOf(runOf(150)) })).toMatchObject({
    status: "candidate",
    figures: { episodes: SEEDS, successRate: 0.75, meanReward: 0.5 },
    validators: 3,
    stakeShare: 1,
    comparison: null,
    contested: false,
    explanation:
      "There was no leader, and a success rate of 75 % and a mean reward of 0.5 over 200 episodes reach every minimum.",
  });
});

test("a clear lead makes a candidate and shows the comparison", () => {
  const verdict = judged({ entrant: entrantOf(runOf(170)), leader: leaderOf(everywhere(runOf(150))) });
  expect(verdict).toMatchObject({
    status: "candidate",
    figures: { successRate: 0.85 },
    comparison: {
      metric: "success-rate",
      leaderSubmissionId: "submission_leader",
      leaderFigures: { successRate: 0.75 },
      difference: 0.1,
    },
    explanation:
      "The success rate is 10 percentage points above the leader's 75 %, more than the 6.38 percentage points it takes.",
  });
  expect(verdict.comparison?.bar).toBeCloseTo(3 * Math.sqrt((0.1 * 0.9) / (SEEDS - 1)), 12);
});

test("a lead that luck explains stays below the bar", () => {
  expect(judged({ entrant: entrantOf(runOf(154)), leader: leaderOf(everywhere(runOf(150))) })).toMatchObject({
    status: "below-bar",
    explanation:
      "The success rate is 2 percentage points above the leader's 75 %, but must be more than 2.977 percentage points above it.",
  });
});

test("a worse agent stays below the bar and reads by how much", () => {
  expect(
    judged({ entrant: entrantOf(runOf(140)), leader: leaderOf(everywhere(runOf(150))) }).explanation,
  ).toBe(
    "The success rate is 5 percentage points below the leader's 75 %, but must be more than 4.635 percentage points above it.",
  );
});

test("an agent that misses a minimum is ineligible, leader or not", () => {
  for (const leader of [null, leaderOf(everywhere(runOf(10)))])
    expect(judged({ entrant: entrantOf(runOf(99)), leader })).toMatchObject({
      status: "ineligible",
      explanation: "The success rate is 49.5 %, but at least 50 % is required.",
    });
  expect(judged({ entrant: entrantOf(runOf(150, -0.2)) }).explanation).toBe(
    "The mean reward is -0.2, but at least 0 is required.",
  );
  const short = runOf(100, 0.5, 100);
  expect(judged({ entrant: entrantOf(short), seedCount: 100 }).explanation).toBe(
    "Only 100 episodes were run, but 200 are required.",
  );
});

test("an agent that failed as a whole is ineligible, even where nothing is required", () => {
  const failed = ["v0", "v1", "v2"].map((validator) => ({ validator, episodes: [], failure }));
  const thresholds = { minSuccessRate: 0, minAvgReward: -5 };
  const leader = leaderOf(everywhere(runOf(0, -3)));
  for (const preset of ["assay", "source"] as const)
    expect(judged({ entrant: failed, thresholds, preset, leader })).toMatchObject({
      status: "ineligible",
      figures: { episodes: SEEDS, successRate: 0 },
      explanation: "The agent failed (EVALUATOR_AGENT_TIMEOUT): the turn took longer than 50 ms",
    });
});

test("a leader that fails on this cycle's seeds is beaten by any agent that does not", () => {
  const results = ["v0", "v1", "v2"].map((validator) => ({ validator, episodes: [], failure }));
  const leader = { submissionId: "submission_leader", results };
  expect(judged({ entrant: entrantOf(runOf(150)), leader })).toMatchObject({
    status: "candidate",
    comparison: { leaderFigures: { successRate: 0 }, difference: 0.75 },
  });
});

test("with both at the ceiling the mean reward decides", () => {
  const leader = leaderOf(everywhere(runOf(SEEDS, 0.7)));
  expect(judged({ entrant: entrantOf(runOf(SEEDS, 0.75)), leader })).toMatchObject({
    status: "candidate",
    comparison: { metric: "mean-reward" },
    explanation: "The mean reward is 0.05 above the leader's 0.7, more than the 0.014 it takes.",
  });
  expect(judged({ entrant: entrantOf(runOf(SEEDS, 0.71)), leader }).status).toBe("below-bar");
});

test("source compares rewards by a fixed margin", () => {
  const thresholds = presetThresholds("source");
  const leader = leaderOf(everywhere(runOf(SEEDS, 0.8)));
  const status = (reward: number) =>
    judged({ preset: "source", thresholds, entrant: entrantOf(runOf(SEEDS, reward)), leader }).status;
  expect(status(0.85)).toBe("candidate");
  expect(status(0.83)).toBe("below-bar");
  expect(
    judged({ preset: "source", thresholds, entrant: entrantOf(runOf(SEEDS - 1, 0.85)), leader }).status,
  ).toBe("ineligible");
});

test("reaching the bar exactly is not enough: with nothing earned on either side nobody leads", () => {
  const thresholds = presetThresholds("source");
  const leader = leaderOf(everywhere(runOf(SEEDS, 0)));
  const verdict = judged({ preset: "source", thresholds, entrant: entrantOf(runOf(SEEDS, 0)), leader });
  expect(verdict).toMatchObject({ status: "below-bar", comparison: { difference: 0, bar: 0 } });
});

test("half of the stake is not enough to lift an entrant over the bar", () => {
  const [good, bad] = [runOf(180), runOf(150)];
  const [roster, leader] = [rosterOf([25n, 25n, 25n, 25n]), leaderOf(everywhere(runOf(150), 4))];
  const verdict = (...runs: Episode[][]) => judged({ roster, entrant: resultsOf(runs), leader });
  expect(verdict(good, good, bad, bad)).toMatchObject({ status: "below-bar", contested: false });
  expect(verdict(good, bad, good, good)).toMatchObject({ status: "candidate", contested: false });
});

test("the figures shown are those of one validator, the median one", () => {
  const leader = leaderOf(everywhere(runOf(100)));
  const verdict = judged({ entrant: resultsOf([runOf(160), runOf(150), runOf(190)]), leader });
  expect(verdict).toMatchObject({ figures: { successRate: 0.8 }, comparison: { difference: 0.3 } });
});

test("one coldkey with most of the stake can only contest", () => {
  const roster = rosterOf([55n, 9n, 9n, 9n, 9n, 9n]);
  const runs = [runOf(180), ...everywhere(runOf(150), 5)];
  const leader = leaderOf(everywhere(runOf(150), 6));
  const verdict = judged({ roster, entrant: resultsOf(runs), leader });
  expect(verdict).toMatchObject({ status: "candidate", contested: true, figures: { successRate: 0.9 } });
  expect(verdict.explanation).toMatch(/two people must decide\.$/);
});

test("a candidate that only the raw median denies is contested too", () => {
  const roster = rosterOf([55n, 9n, 9n, 9n, 9n, 9n]);
  const runs = [runOf(150), ...everywhere(runOf(180), 5)];
  const leader = leaderOf(everywhere(runOf(150), 6));
  expect(judged({ roster, entrant: resultsOf(runs), leader })).toMatchObject({
    status: "candidate",
    contested: true,
    figures: { successRate: 0.9 },
  });
});

test("the vote of a validator that shares the miner's coldkey is dropped", () => {
  const leader = leaderOf(everywhere(runOf(150)));
  const entrant = resultsOf([runOf(200), runOf(150), runOf(150)]);
  expect(judged({ minerColdkey: "cold0", entrant, leader })).toMatchObject({
    status: "below-bar",
    validators: 2,
    stakeShare: 1,
  });
});

test("a miner that only its own validator was asked about is unscored", () => {
  expect(judged({ roster: rosterOf([5n]), minerColdkey: "cold0", entrant: resultsOf([runOf(200)]) })).toEqual(
    {
      status: "unscored",
      figures: null,
      comparison: null,
      contested: false,
      validators: 0,
      stakeShare: 0,
      explanation: "Not scored: no validator that may judge this miner was asked.",
    },
  );
});

test("without a quorum a submission is unscored and shows no figures", () => {
  expect(judged({ entrant: resultsOf([runOf(200), null, null]) })).toMatchObject({
    status: "unscored",
    figures: null,
    validators: 1,
    stakeShare: 0.5,
    explanation:
      "Not scored: 1 of the 3 validators asked, with 50 % of the stake, scored this agent; it takes at least 2 with 50 %.",
  });
  expect(judged({ entrant: [] })).toMatchObject({ status: "unscored", validators: 0 });
});

test("only validators that ran the leader too count where there is one", () => {
  const leader = leaderOf([runOf(150), null, null]);
  expect(judged({ entrant: entrantOf(runOf(200)), leader })).toMatchObject({
    status: "unscored",
    validators: 1,
    explanation:
      "Not scored: 1 of the 3 validators asked, with 50 % of the stake, scored this agent and the leader; it takes at least 2 with 50 %.",
  });
});

test("a roster of one decides alone", () => {
  expect(judged({ roster: rosterOf([5n]), entrant: resultsOf([runOf(150)]) }).status).toBe("candidate");
});

test("what nobody asked for is refused by code", () => {
  const entrant = entrantOf(runOf(150));
  const twice = [...entrant, ...entrant.slice(0, 1)];
  const stranger = [{ validator: "v9", episodes: runOf(1), failure: null }];
  const short = [{ validator: "v0", episodes: runOf(1).slice(1), failure: null }];
  const both: ValidatorResult[] = [{ validator: "v0", episodes: runOf(1), failure }];
  const broken = [{ validator: "v0", episodes: runOf(1, Number.NaN), failure: null }];
  expect(refusalOf(() => judged({ entrant: twice }))).toBe("CORE_DUPLICATE");
  expect(refusalOf(() => judged({ entrant: stranger }))).toBe("CORE_UNKNOWN_HOTKEY");
  expect(refusalOf(() => judged({ entrant: short }))).toBe("CORE_LENGTH_MISMATCH");
  expect(refusalOf(() => judged({ entrant: both }))).toBe("CORE_LENGTH_MISMATCH");
  expect(refusalOf(() => judged({ entrant: broken }))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => judged({ seedCount: 0 }))).toBe("CORE_EMPTY");
  expect(refusalOf(() => judged({ roster: rosterOf([-1n]) }))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => judged({ roster: [...rosterOf([1n]), ...rosterOf([1n])] }))).toBe("CORE_DUPLICATE");
  const leader = { submissionId: "submission_leader", results: stranger };
  expect(refusalOf(() => judged({ entrant, leader }))).toBe("CORE_UNKNOWN_HOTKEY");
});

const outcomes = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
const toRun = (successes: readonly boolean[], reward = 0.5): Episode[] =>
  successes.map((success) => ({ success, reward, steps: 1 }));
const lenient = { minEpisodes: 40, minSuccessRate: 0.1 };

test("an exact copy of the leader never clears the bar, under either preset", () => {
  const run = fc.array(
    fc.record({
      success: fc.boolean(),
      reward: fc.double({ min: -1000, max: 1000, noNaN: true }),
      steps: fc.nat(),
    }),
    { minLength: 40, maxLength: 40 },
  );
  fc.assert(
    fc.property(run, fc.constantFrom("assay" as const, "source" as const), (episodes, preset) => {
      const thresholds = { ...lenient, minSuccessRate: 0, minAvgReward: -1000 };
      const leader = leaderOf(everywhere(episodes));
      const verdict = judged({ preset, thresholds, seedCount: 40, entrant: entrantOf(episodes), leader });
      expect(verdict.status).toBe("below-bar");
    }),
  );
});

test("one more success on any seed never loses a standing, whoever measures it", () => {
  const rank = { unscored: 0, ineligible: 1, "below-bar": 2, candidate: 3 };
  const runs = fc.array(outcomes, { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(runs, outcomes, fc.nat(), fc.nat(), (given, leading, validator, seed) => {
      const leader = leaderOf(everywhere(toRun(leading)));
      const better = given.map((run, v) =>
        run.map((won, s) => won || (v === validator % 3 && s === seed % 40)),
      );
      const standing = (entrant: boolean[][]) => {
        const results = resultsOf(entrant.map((run) => toRun(run)));
        return rank[judged({ thresholds: lenient, seedCount: 40, entrant: results, leader }).status];
      };
      expect(standing(better)).toBeGreaterThanOrEqual(standing(given));
    }),
    { numRuns: 300 },
  );
});

test("figures are always figures and the sentence never holds what is no number", () => {
  const reward = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(outcomes, outcomes, reward, reward, (ours, theirs, a, b) => {
      const leader = leaderOf(everywhere(toRun(theirs, b)));
      const verdict = judged({
        thresholds: lenient,
        seedCount: 40,
        entrant: entrantOf(toRun(ours, a)),
        leader,
      });
      expect(AgentFigures.safeParse(verdict.figures).success).toBe(true);
      expect(verdict.explanation).not.toMatch(/NaN|Infinity|undefined|null/);
    }),
  );
});

test("the order of roster and results never matters", () => {
  const runs = fc.array(outcomes, { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(runs, outcomes, (given, leading) => {
      const input = {
        thresholds: lenient,
        seedCount: 40,
        roster: rosterOf([50n, 30n, 20n]),
        entrant: resultsOf(given.map((run) => toRun(run))),
        leader: leaderOf(everywhere(toRun(leading))),
      };
      const turned = {
        ...input,
        roster: input.roster.toReversed(),
        entrant: input.entrant.toReversed(),
      };
      expect(judged(turned)).toEqual(judged(input));
    }),
  );
});

test("colluders below half of the capped stake cannot make a candidate of a worse agent", () => {
  const stakes = Array.from({ length: 12 }, (_, rank) => BigInt(Math.round(1e9 / (rank + 1))));
  const [honest, invented] = [runOf(120), runOf(200)];
  const leader = leaderOf(everywhere(runOf(140), 12));
  const status = (isLiar: (rank: number) => boolean) => {
    const runs = stakes.map((_, rank) => (isLiar(rank) ? invented : honest));
    return judged({ roster: rosterOf(stakes), entrant: resultsOf(runs), leader }).status;
  };
  expect(status((rank) => rank === 0)).toBe("below-bar");
  expect(status((rank) => rank < 2)).toBe("below-bar");
  expect(status((rank) => rank >= 5)).toBe("below-bar");
});
