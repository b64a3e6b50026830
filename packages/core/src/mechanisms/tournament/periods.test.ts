import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { assertPeriods, tournamentPeriod } from "./periods.ts";
import { periodsAt } from "./test/tournaments.ts";

test.each([
  [0, "upcoming"],
  [99, "upcoming"],
  [100, "contest"],
  [199, "contest"],
  [200, "submit"],
  [299, "submit"],
  [300, "evaluation"],
  [399, "evaluation"],
  [400, "review"],
  [499, "review"],
  [500, "reward"],
  [599, "reward"],
  [600, "completed"],
  [1_000_000, "completed"],
] as const)("block %i is %s", (block, period) => {
  expect(tournamentPeriod(block, periodsAt())).toBe(period);
});

const ORDER = ["upcoming", "contest", "submit", "evaluation", "review", "reward", "completed"];

test("every block has one period, and a later block never an earlier one", () => {
  const starts = fc.uniqueArray(fc.nat({ max: 5000 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(starts, fc.nat({ max: 6000 }), (given, block) => {
      const [contest = 0, submit = 0, evaluation = 0, review = 0, reward = 0, end = 0] = given.toSorted(
        (a, b) => a - b,
      );
      const periods = { contest, submit, evaluation, review, reward, end };
      const [now, next] = [tournamentPeriod(block, periods), tournamentPeriod(block + 1, periods)];
      const step = ORDER.indexOf(next) - ORDER.indexOf(now);
      const begins = Object.values(periods).filter((start) => start === block + 1);
      expect(step).toBe(begins.length);
      expect(ORDER).toContain(now);
    }),
  );
});

test.each([
  ["contest", -1],
  ["submit", 100],
  ["evaluation", 200],
  ["review", 299],
  ["reward", 399.5],
  ["end", 500],
  ["end", Number.NaN],
] as const)("a %s that begins at %d is refused in words", (period, block) => {
  const periods = { ...periodsAt(), [period]: block };
  expect(refusalOf(() => assertPeriods(periods))).toBe("CORE_OUT_OF_RANGE");
  expect(() => tournamentPeriod(1, periods)).toThrow(
    `The period ${period} begins at block ${block}, but must begin at`,
  );
});

test("half a block is refused", () => {
  expect(refusalOf(() => tournamentPeriod(0.5, periodsAt()))).toBe("CORE_OUT_OF_RANGE");
});
