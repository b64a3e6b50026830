import fc from "fast-check";
import { expect, test } from "vitest";
import { compareRationals, fromDecimal } from "../exact/rational.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { ranking } from "./ranking.ts";
import { sumOf } from "./stake.ts";
import { stakeMean } from "./stake-mean.ts";

type Vector = {
  id: string;
  note: string;
  input: {
    agents: { id: string; submitted_at: number; scores: Record<string, number> }[];
    stakes: Record<string, number>;
    threshold: number | null;
  };
  expected: {
    aggregates: Record<string, number>;
    aggregates_fraction: Record<string, string>;
    mode: Record<string, string>;
    ranking: string[];
    winner: string | null;
  };
};
const MODE = { stake_weighted: "stake-weighted", simple_average: "plain" } as Record<string, string>;

function aggregates({ agents, stakes }: Vector["input"]) {
  const total = sumOf(Object.values(stakes).map(BigInt));
  return agents.map(({ id, submitted_at, scores }, sequence) => {
    const votes = Object.entries(scores).map(([validator, score]) => ({
      stakeRao: BigInt(stakes[validator] ?? 0),
      score,
    }));
    const mean = stakeMean(votes, total)!;
    return { id, mean, score: mean.exact, acceptedAtBlock: submitted_at, sequence };
  });
}

test.each(scoringVectors<Vector>("stake_weighted_aggregation"))("$id: $note", ({ input, expected }) => {
  const agents = aggregates(input);
  for (const { id, mean } of agents) {
    const [numerator, denominator = "1"] = expected.aggregates_fraction[id]!.split("/");
    expect(mean.exact).toEqual({ numerator: BigInt(numerator!), denominator: BigInt(denominator) });
    expect(mean.value).toBeCloseTo(expected.aggregates[id]!, 12);
    expect(mean.mode).toBe(MODE[expected.mode[id]!]);
  }
  const ranked = ranking(agents);
  expect(ranked.map(({ id }) => id)).toEqual(expected.ranking);
  const best = ranked[0]!;
  const least = fromDecimal(input.threshold ?? 0);
  expect(compareRationals(best.score, least) >= 0 ? best.id : null).toBe(expected.winner);
});

test("an agent scored only by validators without stake is unranked where others have some", () => {
  expect(stakeMean([{ stakeRao: 0n, score: 0.9 }], 100n)).toBeUndefined();
});

test("an agent nobody scored is unranked", () => {
  expect(stakeMean([], 100n)).toBeUndefined();
  expect(stakeMean([], 0n)).toBeUndefined();
});

test("a validator without stake does not move a mean that others make", () => {
  const votes = [
    { stakeRao: 10n, score: 0.5 },
    { stakeRao: 0n, score: 1 },
  ];
  expect(stakeMean(votes, 10n)?.value).toBe(0.5);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("a score of %s is refused", (score) => {
  expect(refusalOf(() => stakeMean([{ stakeRao: 1n, score }], 1n))).toBe("CORE_OUT_OF_RANGE");
});

test("negative stake is refused", () => {
  expect(refusalOf(() => stakeMean([{ stakeRao: -1n, score: 1 }], 1n))).toBe("CORE_OUT_OF_RANGE");
});

const votes = fc.array(
  fc.record({
    stakeRao: fc.bigInt({ min: 1n, max: 10n ** 18n }),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 8 },
);

test("the order of the votes never matters, to the last bit", () => {
  fc.assert(
    fc.property(votes, (given) => {
      const total = sumOf(given.map(({ stakeRao }) => stakeRao));
      expect(stakeMean(given.toReversed(), total)).toEqual(stakeMean(given, total));
    }),
  );
});

test("a better score of any validator never lowers the mean", () => {
  fc.assert(
    fc.property(votes, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (given, pick, score) => {
      const total = sumOf(given.map(({ stakeRao }) => stakeRao));
      const index = pick % given.length;
      const better = given.map((vote, i) =>
        i === index ? { ...vote, score: Math.max(vote.score, score) } : vote,
      );
      const [before, after] = [stakeMean(given, total)!, stakeMean(better, total)!];
      expect(compareRationals(after.exact, before.exact)).toBeGreaterThanOrEqual(0);
      expect(after.value).toBeGreaterThanOrEqual(before.value);
    }),
  );
});
