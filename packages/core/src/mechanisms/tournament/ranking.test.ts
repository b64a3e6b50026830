import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { scoringVectors } from "../../test/scoring-vectors.ts";
import { type RankingInput, tournamentRanking } from "./ranking.ts";
import { agent, judge, result } from "./test/tournaments.ts";

const votes = (scores: Record<string, Record<string, number | null>>) =>
  Object.entries(scores).flatMap(([hotkey, byValidator]) =>
    Object.entries(byValidator).map(([validator, score]) => result(validator, hotkey, { score })),
  );
const rank = (changes: Partial<RankingInput>) =>
  tournamentRanking({
    preset: "assay",
    entries: [agent("alice"), agent("bob", { sequence: 1 })],
    results: [],
    roster: [judge("v1", 300n), judge("v2", 100n)],
    minScore: 0,
    ...changes,
  });
const order = (changes: Partial<RankingInput>) => rank(changes).ranked.map(({ hotkey }) => hotkey);

test("the stake-weighted mean ranks, best first", () => {
  const results = votes({ alice: { v1: 0.8, v2: 0.4 }, bob: { v1: 0.6, v2: 0.9 } });
  expect(rank({ results }).ranked).toMatchObject([
    { hotkey: "alice", value: 0.7, validators: 2, stakeShare: 1 },
    { hotkey: "bob", value: 0.675 },
  ]);
});

test("equal scores go to the earlier acceptance", () => {
  const results = votes({ alice: { v1: 0.1, v2: 0.1 }, bob: { v1: 0.1, v2: 0.1 } });
  expect(order({ results })).toEqual(["alice", "bob"]);
  const entries = [agent("alice", { acceptedAtBlock: 160 }), agent("bob", { sequence: 9 })];
  expect(order({ results, entries })).toEqual(["bob", "alice"]);
});

test("a validator's own failure is no vote, and never 0", () => {
  const results = votes({ alice: { v1: null, v2: 0.9 }, bob: { v1: 0.5, v2: 0.5 } });
  expect(rank({ results, roster: [judge("v1"), judge("v2")] }).unscored).toEqual([agent("alice")]);
  const three = [judge("v1"), judge("v2"), judge("v3")];
  const enough = [...results, ...votes({ alice: { v3: 0.9 }, bob: { v3: 0.5 } })];
  expect(rank({ results: enough, roster: three }).ranked[0]).toMatchObject({ hotkey: "alice", value: 0.9 });
});

test("without a quorum an entry is unscored, unless the source's rules hold", () => {
  const results = votes({ alice: { v1: 0.9 }, bob: { v1: 0.5, v2: 0.5 } });
  const { ranked, unscored } = rank({ results });
  expect(ranked.map(({ hotkey }) => hotkey)).toEqual(["bob"]);
  expect(unscored).toEqual([agent("alice")]);
  expect(order({ results, preset: "source" })).toEqual(["alice", "bob"]);
});

test("a validator does not judge a miner of its own coldkey", () => {
  const roster = [{ ...judge("v1", 300n), coldkey: "alice-cold" }, judge("v2"), judge("v3")];
  const results = votes({ alice: { v1: 1, v2: 0.2, v3: 0.2 }, bob: { v1: 0, v2: 0.6, v3: 0.6 } });
  expect(rank({ results, roster }).ranked).toMatchObject(
    [
      { hotkey: "alice", value: 0.2, validators: 2 },
      { hotkey: "bob", value: 0.24, validators: 3 },
    ].toReversed(),
  );
  expect(order({ results, roster, preset: "source" })).toEqual(["alice", "bob"]);
});

test("dust does not speak where others have stake", () => {
  const roster = [judge("v1", 100n), judge("v2", 0n)];
  const results = votes({ alice: { v2: 1 } });
  expect(rank({ results, roster, preset: "source" }).unscored).toHaveLength(2);
});

test("who is under the minimum score stays ranked, but does not reach it", () => {
  const results = votes({ alice: { v1: 0.6, v2: 0.6 }, bob: { v1: 0.59, v2: 0.59 } });
  const { ranked } = rank({ results, minScore: 600_000_000 });
  expect(ranked.map(({ reachesMinScore }) => reachesMinScore)).toEqual([true, false]);
});

test("nobody is ranked without results", () => {
  expect(rank({})).toEqual({ ranked: [], unscored: [agent("alice"), agent("bob", { sequence: 1 })] });
});

test.each([
  ["a result from outside the roster", { results: votes({ alice: { v9: 1 } }) }, "CORE_UNKNOWN_HOTKEY"],
  [
    "two results of one validator",
    { results: [...votes({ alice: { v1: 1 } }), ...votes({ alice: { v1: 0 } })] },
    "CORE_DUPLICATE",
  ],
  ["an entry twice", { entries: [agent("alice"), agent("alice")] }, "CORE_DUPLICATE"],
  [
    "a score that is not finite",
    { results: votes({ alice: { v1: Number.NaN, v2: 1 } }) },
    "CORE_OUT_OF_RANGE",
  ],
  ["negative stake", { roster: [judge("v1", -1n)] }, "CORE_OUT_OF_RANGE"],
  ["half a billionth", { minScore: 0.5 }, "CORE_OUT_OF_RANGE"],
] as const)("%s is refused", (_name, changes, code) => {
  expect(refusalOf(() => rank(changes as Partial<RankingInput>))).toBe(code);
});

const score = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
const field = fc.dictionary(fc.constantFrom("alice", "bob", "carol"), fc.tuple(score, score, score), {
  minKeys: 1,
});

test("neither the order of entries, results nor validators matters", () => {
  fc.assert(
    fc.property(field, fc.boolean(), (scores, isSource) => {
      const names = Object.keys(scores);
      const input: RankingInput = {
        preset: isSource ? "source" : "assay",
        entries: names.map((name, sequence) => agent(name, { sequence })),
        results: names.flatMap((name) =>
          (scores[name] ?? []).map((value, v) => result(`v${v}`, name, { score: value })),
        ),
        roster: [judge("v0", 5n), judge("v1", 3n), judge("v2", 2n)],
        minScore: 0,
      };
      const reversed = {
        ...input,
        entries: input.entries.toReversed(),
        results: input.results.toReversed(),
        roster: input.roster.toReversed(),
      };
      expect(tournamentRanking(reversed)).toEqual(tournamentRanking(input));
    }),
  );
});

test("a better score never makes a worse place", () => {
  fc.assert(
    fc.property(field, fc.nat({ max: 2 }), fc.double({ min: 0, max: 1, noNaN: true }), (scores, v, gain) => {
      const names = Object.keys(scores);
      const placeOf = (given: typeof scores) =>
        rank({
          entries: names.map((name, sequence) => agent(name, { sequence })),
          roster: [judge("v0", 5n), judge("v1", 3n), judge("v2", 2n)],
          results: names.flatMap((name) =>
            (given[name] ?? []).map((value, k) => result(`v${k}`, name, { score: value })),
          ),
        }).ranked.findIndex(({ hotkey }) => hotkey === names[0]);
      const first = names[0] ?? "";
      const better = (scores[first] ?? []).map((value, k) => (k === v ? value + gain : value));
      expect(placeOf({ ...scores, [first]: better as [number, number, number] })).toBeLessThanOrEqual(
        placeOf(scores),
      );
    }),
  );
});

type Aggregation = {
  id: string;
  note: string;
  input: {
    agents: { id: string; submitted_at: number; scores: Record<string, number> }[];
    stakes: Record<string, number>;
    threshold: number | null;
  };
  expected: { aggregates: Record<string, number>; ranking: string[]; winner: string | null };
};

test.each(scoringVectors<Aggregation>("stake_weighted_aggregation"))("$id: $note", ({ input, expected }) => {
  const { ranked } = tournamentRanking({
    preset: "source",
    entries: input.agents.map(({ id, submitted_at }) => agent(id, { acceptedAtBlock: submitted_at })),
    results: votes(Object.fromEntries(input.agents.map(({ id, scores }) => [id, scores]))),
    roster: Object.entries(input.stakes).map(([validator, stake]) => judge(validator, BigInt(stake))),
    minScore: Math.round((input.threshold ?? 0) * 1e9),
  });
  expect(ranked.map(({ hotkey }) => hotkey)).toEqual(expected.ranking);
  for (const { hotkey, value } of ranked)
    expect(value).toBeCloseTo(expected.aggregates[hotkey] ?? Number.NaN, 12);
  expect(ranked.find(({ reachesMinScore }) => reachesMinScore)?.hotkey ?? null).toBe(expected.winner);
});
