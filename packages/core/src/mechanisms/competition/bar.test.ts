import fc from "fast-check";
import { expect, test } from "vitest";
import { Thresholds } from "../../schema/competition.ts";
import { bar, comparedMetric } from "./bar.ts";
import { presetThresholds } from "./presets.ts";

const thresholds = Thresholds.parse({});
const assay = (leaderValue: number, error: number, changes: Partial<Thresholds> = {}) =>
  bar({ preset: "assay", leaderValue, error }, { ...thresholds, ...changes });
const source = (leaderValue: number, error = 0) =>
  bar({ preset: "source", leaderValue, error }, presetThresholds("source"));
const at = (successRate: number) => ({
  episodes: 200,
  successRate,
  successRateError: 0,
  meanReward: 0,
  meanRewardError: 0,
});

test("without noise a challenger must lead by two per cent of the leader's figure", () => {
  expect(assay(0.7, 0)).toBeCloseTo(0.014, 15);
});

test("three standard errors count where they are more", () => {
  expect(assay(0.7, 0.02)).toBeCloseTo(0.06, 15);
});

test("a leader near zero must still be beaten by a real step", () => {
  expect(assay(0, 0)).toBe(0.005);
  expect(assay(0.1, 0)).toBe(0.005);
});

test("near the ceiling half the way to it is enough", () => {
  expect(assay(0.99, 0)).toBeCloseTo(0.005, 15);
  expect(assay(0.999, 0)).toBeCloseTo(0.0005, 15);
});

test("at or above the ceiling there is no half way, and a copy is not let through", () => {
  expect(assay(1, 0)).toBeCloseTo(0.02, 15);
  expect(assay(50, 0)).toBeCloseTo(1, 15);
});

test("the bar of a negative reward lies above it, not below", () => {
  expect(assay(-10, 0)).toBeCloseTo(0.2, 15);
  expect(source(-10)).toBeCloseTo(0.5, 15);
});

test("source asks for five per cent of the leader's reward and knows no noise", () => {
  expect(source(0.8)).toBeCloseTo(0.04, 15);
  expect(source(0.8, 10)).toBeCloseTo(0.04, 15);
  expect(source(0)).toBe(0);
});

test("success rates are compared until both reach the ceiling, then rewards", () => {
  const metric = (challenger: number, leader: number) =>
    comparedMetric("assay", { challenger: at(challenger), leader: at(leader), thresholds });
  expect(metric(1, 0.99)).toBe("success-rate");
  expect(metric(0.99, 1)).toBe("success-rate");
  expect(metric(1, 1)).toBe("mean-reward");
});

test("source compares rewards always", () => {
  const figures = { challenger: at(0.5), leader: at(0.5), thresholds };
  expect(comparedMetric("source", figures)).toBe("mean-reward");
});

test("the bar is never negative and always a number, and below the ceiling it can be reached", () => {
  const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  const error = fc.double({ min: 0, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(finite, error, (leaderValue, noise) => {
      const required = assay(leaderValue, noise);
      expect(Number.isFinite(required) && required >= 0).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (leaderValue) => {
      expect(assay(leaderValue, 0)).toBeLessThan(1 - leaderValue);
    }),
    { examples: [[1 - Number.EPSILON / 2], [0]] },
  );
});

test("more noise never lowers the bar", () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(unit, unit, unit, (leaderValue, noise, more) => {
      expect(assay(leaderValue, noise + more)).toBeGreaterThanOrEqual(assay(leaderValue, noise));
    }),
  );
});
