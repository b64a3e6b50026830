import { expect, test } from "vitest";
import { seededRandom } from "../../random/seeded-random.ts";
import { refusalOf } from "../../test/refusal.ts";
import { anyOf, type CopyAttempt, copyChance } from "./copy-chance.ts";
import { leastWinMargin } from "./least-win-margin.ts";

const attempt = (changes: Partial<CopyAttempt>): CopyAttempt => ({
  successRate: 0.7,
  episodes: 500,
  winMargin: 0.02,
  tries: 1,
  leader: "measured-each-time",
  ...changes,
});

test.each([
  [500, 0.02, 0.32, 0.98],
  [500, 0.05, 0.12, 0.72],
  [2000, 0.02, 0.17, 0.84],
  [2000, 0.05, 0.01, 0.09],
  [10_000, 0.02, 0.02, 0.15],
])(
  "with %i episodes and a margin of %s one copy wins with %s, one of ten with %s",
  (episodes, winMargin, one, ten) => {
    expect(Math.abs(copyChance(attempt({ episodes, winMargin })) - one)).toBeLessThan(0.006);
    expect(Math.abs(copyChance(attempt({ episodes, winMargin, tries: 10 })) - ten)).toBeLessThan(0.006);
  },
);

test("two coins: the second wins if it shows heads and the first did not", () => {
  expect(copyChance(attempt({ successRate: 0.5, episodes: 1, winMargin: 0 }))).toBeCloseTo(0.25, 15);
  expect(copyChance(attempt({ successRate: 0.5, episodes: 1, winMargin: 1 }))).toBeCloseTo(0.25, 15);
});

test("copies against one figure of the leader share its luck", () => {
  const once = copyChance(attempt({ leader: "measured-once", tries: 10 }));
  expect(once).toBeLessThan(copyChance(attempt({ tries: 10 })));
  expect(copyChance(attempt({ leader: "measured-once" }))).toBeCloseTo(copyChance(attempt({})), 14);
  const coins = attempt({ leader: "measured-once", successRate: 0.5, episodes: 1, winMargin: 0, tries: 2 });
  expect(copyChance(coins)).toBeCloseTo(0.375, 15);
});

/** The same by throwing dice: how often at least one of the copies exceeds the leader by the margin. */
function simulated({ successRate, episodes, winMargin, tries, leader }: CopyAttempt, runs: number): number {
  const random = seededRandom("copies of a leader");
  const measure = () => {
    let successes = 0;
    for (let i = 0; i < episodes; i += 1) if (random.next() < successRate) successes += 1;
    return successes / episodes;
  };
  let wins = 0;
  for (let run = 0; run < runs; run += 1) {
    const measured = measure();
    const copies = Array.from({ length: tries }, () => {
      const against = leader === "measured-once" ? measured : measure();
      return measure() - against > winMargin * against;
    });
    if (copies.includes(true)) wins += 1;
  }
  return wins / runs;
}

test.each([
  attempt({ episodes: 60, winMargin: 0.05 }),
  attempt({ episodes: 60, winMargin: 0.05, tries: 5 }),
  attempt({ episodes: 60, winMargin: 0.1, tries: 5, leader: "measured-once" }),
  attempt({ episodes: 40, successRate: 0.95, winMargin: 0.02, tries: 3, leader: "measured-once" }),
])("a seeded simulation agrees within its sampling error: %j", (given) => {
  const [exact, runs] = [copyChance(given), 4000];
  const error = Math.sqrt((exact * (1 - exact)) / runs);
  expect(Math.abs(simulated(given, runs) - exact)).toBeLessThan(3.5 * error);
});

test("a larger margin never helps the copies, more tries never hurt them", () => {
  for (const leader of ["measured-once", "measured-each-time"] as const) {
    const chances = [0, 0.01, 0.02, 0.03, 0.05, 0.1, 1].map((winMargin) =>
      copyChance(attempt({ winMargin, leader })),
    );
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    const tries = [1, 2, 10, 1000].map((n) => copyChance(attempt({ tries: n, leader })));
    expect(tries).toEqual(tries.toSorted((a, b) => a - b));
  }
});

test.each([0, 1])("an agent that always does the same at rate %s never beats itself", (successRate) => {
  expect(copyChance(attempt({ successRate, tries: 100 }))).toBe(0);
});

test("any of many tries keeps small chances exact", () => {
  expect(anyOf(1e-20, 10)).toBeCloseTo(1e-19, 30);
  expect(anyOf(0.5, 2)).toBeCloseTo(0.75, 15);
  expect([anyOf(1, 3), anyOf(0, 3)]).toEqual([1, 0]);
});

test.each([
  { successRate: 1.1 },
  { episodes: 0 },
  { winMargin: -0.1 },
  { tries: 0 },
  { winMargin: Number.NaN },
])("%j is refused", (change) => {
  expect(refusalOf(() => copyChance(attempt(change)))).toBe("CORE_OUT_OF_RANGE");
});

test("the least margin is the first that leaves no more than the chance allowed", () => {
  const { winMargin: _, ...given } = attempt({ tries: 10 });
  const margin = leastWinMargin(given, 0.05)!;
  expect(margin).toBeGreaterThan(0.05);
  expect(copyChance({ ...given, winMargin: margin })).toBeLessThanOrEqual(0.05);
  expect(copyChance({ ...given, winMargin: margin - 0.0001 })).toBeGreaterThan(0.05);
});

test("any margin will do for everybody, and none for nobody where the leader may score nothing", () => {
  const { winMargin: _, ...given } = attempt({ successRate: 0.5, episodes: 3 });
  expect(leastWinMargin(given, 1)).toBe(0);
  expect(leastWinMargin(given, 0)).toBeNull();
  expect(refusalOf(() => leastWinMargin(given, Number.NaN))).toBe("CORE_OUT_OF_RANGE");
});
