import fc from "fast-check";
import { expect, test } from "vitest";
import { Thresholds } from "../../schema/competition.ts";
import { isEligible, shortfalls } from "./eligibility.ts";

const thresholds = Thresholds.parse({});
const figures = (episodes: number, successRate: number, meanReward: number) => ({
  episodes,
  successRate,
  successRateError: 0,
  meanReward,
  meanRewardError: 0,
});

test("reaching every minimum exactly is enough", () => {
  expect(isEligible(figures(200, 0.5, 0), thresholds)).toBe(true);
});

test("every minimum that is missed is named with its numbers", () => {
  expect(shortfalls(figures(199, 0.49, -0.1), thresholds)).toEqual([
    { figure: "episodes", actual: 199, required: 200 },
    { figure: "success-rate", actual: 0.49, required: 0.5 },
    { figure: "mean-reward", actual: -0.1, required: 0 },
  ]);
});

test.each([
  [figures(199, 1, 1), "episodes"],
  [figures(200, 0.4999, 1), "success-rate"],
  [figures(200, 1, -1e-9), "mean-reward"],
])("%o misses one", (missing, figure) => {
  expect(shortfalls(missing, thresholds).map((shortfall) => shortfall.figure)).toEqual([figure]);
  expect(isEligible(missing, thresholds)).toBe(false);
});

test("a competition's own minimums count", () => {
  const strict = Thresholds.parse({ minSuccessRate: 0.9, minAvgReward: 2, minEpisodes: 10 });
  expect(isEligible(figures(10, 0.9, 2), strict)).toBe(true);
  expect(isEligible(figures(10, 0.89, 2), strict)).toBe(false);
});

test("better figures never lose eligibility", () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(unit, unit, fc.nat({ max: 400 }), unit, (rate, reward, episodes, more) => {
      const before = isEligible(figures(episodes, rate, reward - 0.5), thresholds);
      const better = figures(episodes + 1, Math.min(1, rate + more), reward - 0.5 + more);
      expect(Number(isEligible(better, thresholds))).toBeGreaterThanOrEqual(Number(before));
    }),
  );
});
