import { expect, test } from "vitest";
import { WaypointNavigationConfig } from "./task.ts";

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
