import { expect, test } from "vitest";
import { InvertedPendulumConfig, WaypointNavigationConfig } from "./task.ts";

test("an empty configuration is the default world", () => {
  expect(WaypointNavigationConfig.parse({})).toEqual({
    worldSize: 100,
    waypoints: 2,
    waypointRadius: 2,
    obstacles: 14,
    obstacleRadiusMin: 4,
    obstacleRadiusMax: 9,
    clearance: 2,
    visibleObstacles: 6,
    speed: 2,
    agility: 12,
    maxSteps: 160,
  });
});

test.each([
  ["a fraction", { worldSize: 99.5 }],
  ["an unknown setting", { wind: 1 }],
  ["radii in the wrong order", { obstacleRadiusMin: 9, obstacleRadiusMax: 4 }],
  ["no steps", { maxSteps: 0 }],
])("%s is refused", (_, config) => {
  expect(WaypointNavigationConfig.safeParse(config).success).toBe(false);
});

test.each([
  ["poles in the wrong order", { poleCentimetresMin: 200 }],
  ["gusts longer than their stretch", { gustSteps: 51 }],
  ["a start that has fallen", { startTiltPercent: 50 }],
  ["a fraction", { maxSteps: 1.5 }],
  ["an unknown setting", { wind: 1 }],
])("a pendulum with %s is refused", (_, config) => {
  expect(InvertedPendulumConfig.safeParse(config).success).toBe(false);
});

test("a pendulum's empty configuration is accepted and complete", () => {
  const full = InvertedPendulumConfig.parse({});
  expect(InvertedPendulumConfig.parse(full)).toEqual(full);
  expect(Object.values(full).every(Number.isInteger)).toBe(true);
});
