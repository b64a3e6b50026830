import { expect, test } from "vitest";
import { TournamentPeriods, TournamentPlan } from "./tournament.ts";

const periods = { contest: 100, submit: 200, evaluation: 300, review: 400, reward: 500, end: 600 };
const plan = { id: "tournament_01890a5d-ac96-774b-bcce-b302099a8057", periods };

test("a plan is periods by block and a minimum score of 0 unless stated", () => {
  expect(TournamentPlan.parse(plan)).toEqual({ ...plan, minScore: 0 });
  expect(TournamentPlan.parse({ ...plan, minScore: 600_000_000 }).minScore).toBe(600_000_000);
});

test.each(["contest", "submit", "evaluation", "review", "reward"] as const)(
  "an empty %s is refused",
  (period) => {
    const starts = Object.values(periods);
    const next = starts[Object.keys(periods).indexOf(period) + 1];
    expect(TournamentPeriods.safeParse({ ...periods, [period]: next }).success).toBe(false);
  },
);

test.each([
  { minScore: -1 },
  { minScore: 0.6 },
  { id: "tournament_1" },
  { periods: { ...periods, end: 1e10 } },
])("a plan with %o is refused", (changes) => {
  expect(TournamentPlan.safeParse({ ...plan, ...changes }).success).toBe(false);
});
