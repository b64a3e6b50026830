import { expect, test } from "vitest";
import { pairedDifference } from "../../metrics/paired-difference.ts";
import { normalTail } from "../../probability/normal.ts";
import { seededRandom } from "../../random/seeded-random.ts";
import { refusalOf } from "../../test/refusal.ts";
import { bar } from "./bar.ts";
import { type PairedAttempt, pairedCopyChance } from "./paired-copy-chance.ts";
import { presetThresholds } from "./presets.ts";

const thresholds = presetThresholds("assay");
const attempt = (changes: Partial<PairedAttempt>): PairedAttempt => ({
  successRate: 0.7,
  episodes: 200,
  disagreement: 0.42,
  tries: 1,
  ...changes,
});

test("a deterministic copy never wins, however often it tries", () => {
  expect(pairedCopyChance(attempt({ disagreement: 0, tries: 1_000_000 }), thresholds)).toBe(0);
});

test("with three standard errors a noisy copy wins about as often as the normal tail says", () => {
  const one = pairedCopyChance(attempt({ episodes: 2000 }), thresholds);
  expect(one / normalTail(3)).toBeCloseTo(1, 1);
  expect(pairedCopyChance(attempt({ episodes: 2000, tries: 10 }), thresholds)).toBeCloseTo(
    1 - (1 - one) ** 10,
    14,
  );
});

test("pairing is worth two orders of magnitude against a fixed margin", () => {
  expect(pairedCopyChance(attempt({ episodes: 500 }), thresholds)).toBeLessThan(0.32 / 100);
});

test("one seed: the copy wins only by getting right what the leader got wrong", () => {
  const given = attempt({ successRate: 0.5, episodes: 1, disagreement: 0.5 });
  expect(pairedCopyChance(given, thresholds)).toBeCloseTo(0.25, 15);
});

/** The same by running both on the same seeds and asking the bar itself. */
function simulated({ successRate, episodes, disagreement }: PairedAttempt, zScore: number): number {
  const random = seededRandom("paired copies");
  const runs = 2000;
  let wins = 0;
  for (let run = 0; run < runs; run += 1) {
    const leader = Array.from({ length: episodes }, (_, seed) => ({
      success: seed % 2 === 0,
      reward: 0,
      steps: 1,
    }));
    const copy = leader.map((episode) => {
      const u = random.next();
      // A seed that differs turns into a win or a loss of the copy, each with half of the chance.
      if (u >= disagreement) return { leader: episode, copy: episode };
      const isWon = u < disagreement / 2;
      return { leader: { ...episode, success: !isWon }, copy: { ...episode, success: isWon } };
    });
    const { difference, error } = pairedDifference(
      copy.map((pair) => pair.copy),
      copy.map((pair) => pair.leader),
      "success-rate",
    );
    const height = bar({ preset: "assay", leaderValue: successRate, error }, { ...thresholds, zScore });
    if (difference > height) wins += 1;
  }
  return wins / runs;
}

test.each([
  [attempt({ episodes: 60 }), 1],
  [attempt({ episodes: 60, disagreement: 0.1 }), 1],
  [attempt({ episodes: 40, successRate: 0.98, disagreement: 0.04 }), 0],
])("a seeded simulation agrees within its sampling error: %j at z = %s", (given, zScore) => {
  const exact = pairedCopyChance(given, { ...thresholds, zScore });
  const error = Math.sqrt((exact * (1 - exact)) / 2000);
  expect(Math.abs(simulated(given, zScore) - exact)).toBeLessThan(3.5 * error);
});

test("a higher z never helps the copies", () => {
  const chances = [0, 1, 2, 3, 5].map((zScore) => pairedCopyChance(attempt({}), { ...thresholds, zScore }));
  expect(chances).toEqual(chances.toSorted((a, b) => b - a));
});

test.each([
  { successRate: -0.1 },
  { episodes: 0 },
  { disagreement: 2 },
  { tries: 0.5 },
  { disagreement: Number.NaN },
])("%j is refused", (change) => {
  expect(refusalOf(() => pairedCopyChance(attempt(change), thresholds))).toBe("CORE_OUT_OF_RANGE");
});
