import fc from "fast-check";
import { expect, test } from "vitest";
import { CoreError } from "../../errors.ts";
import { Thresholds } from "../../schema/competition.ts";
import type { Episode } from "../../schema/evaluation.ts";
import { episodesThrough, judgeRounds, type RoundResult, straddlesBar } from "./rounds.ts";
import { rosterOf, runOf } from "./test/runs.ts";

const thresholds = Thresholds.parse({ minEpisodes: 100, maxEpisodes: 500 });
const failure = { code: "EVALUATOR_AGENT_TRAP", detail: "unreachable" };

/** Results of validators `v0`, `v1`, …: each with its rounds, null for one that failed. */
function roundsOf(byValidator: readonly (readonly (readonly Episode[] | null)[])[]): RoundResult[] {
  return byValidator.flatMap((rounds, index) =>
    rounds.map((episodes, round) => ({
      validator: `v${index}`,
      round,
      episodes: [...(episodes ?? [])],
      failure: episodes === null ? failure : null,
    })),
  );
}

type Rounds = Parameters<typeof roundsOf>[0];

function judged(entrant: Rounds, leader: Rounds, preset: "assay" | "source" = "assay") {
  return judgeRounds({
    preset,
    thresholds,
    roster: rosterOf([50n, 30n, 20n]),
    minerColdkey: "miner",
    entrant: roundsOf(entrant),
    leader: { submissionId: "submission_leader", results: roundsOf(leader) },
  });
}

/** The same for all three validators. */
const all = (...rounds: (readonly Episode[] | null)[]): Rounds => [rounds, rounds, rounds];
const run = (successes: number) => runOf(successes, 0.5, 100);

test("the episodes double from round to round until they end at the maximum", () => {
  expect([0, 1, 2, 3, 4].map((round) => episodesThrough(round, thresholds))).toEqual([
    100, 200, 400, 500, 500,
  ]);
  const few = { ...thresholds, maxEpisodes: 10 };
  expect([0, 1, 9].map((round) => episodesThrough(round, few))).toEqual([100, 100, 100]);
});

test.each([
  { difference: 0.2, bar: 0.06, is: false, what: "far over the bar" },
  { difference: 0.1, bar: 0.06, is: true, what: "over the bar, but not by more than luck" },
  { difference: 0.02, bar: 0.06, is: true, what: "under the bar, but not by more than luck" },
  { difference: -0.01, bar: 0.06, is: false, what: "far under the bar" },
])("a lead of $difference is $what", ({ is, ...given }) => {
  const comparison = { ...comparisonOf(run(50)), ...given, differenceError: 0.02 };
  expect(straddlesBar(comparison, { preset: "assay", thresholds })).toBe(is);
  expect(straddlesBar(comparison, { preset: "source", thresholds })).toBe(false);
});

test("an exact copy of the leader never gets another round", () => {
  expect(judged(all(run(80)), all(run(80)))).toMatchObject({ status: "below-bar", needsMore: false });
});

test("a lead that is clear at once, or clearly none, is decided in the first round", () => {
  expect(judged(all(run(95)), all(run(60)))).toMatchObject({
    status: "candidate",
    round: 0,
    needsMore: false,
  });
  expect(judged(all(run(60)), all(run(95)))).toMatchObject({
    status: "below-bar",
    round: 0,
    needsMore: false,
  });
});

test("a lead near the bar needs more, and what more seeds say decides", () => {
  expect(judged(all(run(85)), all(run(80)))).toMatchObject({ status: "below-bar", needsMore: true });
  const longer = judged(all(run(85), run(100)), all(run(80), run(60)));
  expect(longer).toMatchObject({
    status: "candidate",
    round: 1,
    needsMore: false,
    figures: { episodes: 200 },
  });
  const fallen = judged(all(run(95), run(40)), all(run(80), run(80)));
  expect(fallen).toMatchObject({ status: "below-bar", round: 1, needsMore: false });
});

test("at the limit the bar decides, however near", () => {
  const [ours, theirs] = [runOf(308, 0.5, 500), runOf(300, 0.5, 500)];
  const slices = (episodes: Episode[]) =>
    [0, 100, 200, 400].map((from, round) => episodes.slice(from, episodesThrough(round, thresholds)));
  const verdict = judged(all(...slices(ours)), all(...slices(theirs)));
  expect(verdict).toMatchObject({ status: "below-bar", round: 3, needsMore: false });
  expect(verdict.figures?.episodes).toBe(500);
  expect(straddlesBar(verdict.comparison ?? comparisonOf(ours), { preset: "assay", thresholds })).toBe(true);
});

test("nobody leads, or a minimum is missed: no bar, so nothing to run more for", () => {
  const alone = { preset: "assay" as const, thresholds, roster: rosterOf([1n]), minerColdkey: "miner" };
  expect(judgeRounds({ ...alone, entrant: roundsOf([[run(55)]]), leader: null })).toMatchObject({
    status: "candidate",
    needsMore: false,
  });
  expect(judged(all(run(49)), all(run(45)))).toMatchObject({ status: "ineligible", needsMore: false });
});

test("a source competition compares once", () => {
  expect(judged(all(run(85)), all(run(80)), "source").needsMore).toBe(false);
});

test("extra episodes without a quorum change nothing", () => {
  const short = judged([[run(85), run(100)], [run(85)], [run(85)]], all(run(80), run(20)));
  expect(short).toMatchObject({ round: 0, validators: 3, figures: { episodes: 100 } });
  const unled = judged(all(run(85), run(100)), [[run(80), run(20)], [run(80)], [run(80)]]);
  expect(unled).toMatchObject({ round: 0, validators: 3 });
  expect(judged([[run(85)]], all(run(80)))).toMatchObject({ status: "unscored", round: 0, needsMore: false });
});

test("a validator that skipped a round does not count beyond it", () => {
  const results = roundsOf(all(run(85), run(100))).filter(
    ({ validator, round }) => validator !== "v2" || round === 1,
  );
  const leader = { submissionId: "submission_leader", results: roundsOf(all(run(80), run(60))) };
  const verdict = judgeRounds({
    preset: "assay",
    thresholds,
    roster: rosterOf([50n, 30n, 20n]),
    minerColdkey: "miner",
    entrant: results,
    leader,
  });
  expect(verdict).toMatchObject({ round: 1, validators: 2 });
});

test("an agent that fails as a whole in an extra round has failed", () => {
  expect(judged(all(run(85), null), all(run(80), run(80)))).toMatchObject({ status: "ineligible", round: 1 });
});

test("two results of one validator in one round are refused", () => {
  const twice = [...roundsOf([[run(85)]]), ...roundsOf([[run(85)]])];
  const input = { preset: "assay" as const, thresholds, roster: rosterOf([1n]), minerColdkey: "miner" };
  expect(() => judgeRounds({ ...input, entrant: twice, leader: null })).toThrow(CoreError);
});

test("how episodes are cut into rounds never matters", () => {
  const outcomes = fc.array(fc.boolean(), { minLength: 400, maxLength: 400 });
  const toRun = (successes: boolean[]) => successes.map((success) => ({ success, reward: 0.5, steps: 1 }));
  const cut = (episodes: Episode[]) => [
    episodes.slice(0, 100),
    episodes.slice(100, 200),
    episodes.slice(200),
  ];
  fc.assert(
    fc.property(outcomes, outcomes, (ours, theirs) => {
      const [entrant, leader] = [toRun(ours), toRun(theirs)];
      const { round, needsMore: _needsMore, ...verdict } = judged(all(...cut(entrant)), all(...cut(leader)));
      const whole = judgeRounds({
        preset: "assay",
        thresholds: { ...thresholds, minEpisodes: 400, maxEpisodes: 400 },
        roster: rosterOf([50n, 30n, 20n]),
        minerColdkey: "miner",
        entrant: roundsOf(all(entrant)),
        leader: { submissionId: "submission_leader", results: roundsOf(all(leader)) },
      });
      expect(round).toBe(2);
      expect(whole).toMatchObject(verdict);
    }),
    { numRuns: 50 },
  );
});

function comparisonOf(leader: readonly Episode[]) {
  const { comparison } = judged(all(run(50)), all(leader.slice(0, 100)));
  if (comparison === null) throw new Error("no comparison");
  return comparison;
}
