import { expect, test } from "vitest";
import { CreateCompetition, Thresholds } from "./competition.ts";

const hash = "ab".repeat(32);
const competition = {
  name: "  Waypoints  ",
  task: "waypoint-navigation",
  evaluator: { task: "waypoint-navigation", version: "1", configHash: hash, codeHash: hash },
};

test("a competition ships with safe defaults", () => {
  expect(CreateCompetition.parse(competition)).toMatchObject({
    name: "Waypoints",
    points: 1,
    cycleBlocks: 360,
    thresholds: {
      minSuccessRate: 0.5,
      minAvgReward: 0,
      minEpisodes: 200,
      maxEpisodes: 2_000,
      winMargin: 0.02,
      zScore: 3,
      minLead: 0.005,
      ceiling: 1,
    },
  });
});

test("each threshold can be overridden alone", () => {
  const { thresholds } = CreateCompetition.parse({ ...competition, thresholds: { winMargin: 0.1 } });
  expect(thresholds).toMatchObject({ winMargin: 0.1, minSuccessRate: 0.5 });
});

test.each([
  { minSuccessRate: 1.1 },
  { minSuccessRate: Number.NaN },
  { minAvgReward: Number.POSITIVE_INFINITY },
  { minEpisodes: 0 },
  { winMargin: -0.1 },
  { zScore: 11 },
  { minLead: 2 },
  { ceiling: Number.NaN },
])("%o is no threshold", (changes) => {
  expect(Thresholds.safeParse(changes).success).toBe(false);
});

test.each([{ name: "  " }, { points: 0 }, { points: 1.5 }, { cycleBlocks: 0 }, { evaluator: undefined }])(
  "%o is no competition",
  (changes) => {
    expect(CreateCompetition.safeParse({ ...competition, ...changes }).success).toBe(false);
  },
);
