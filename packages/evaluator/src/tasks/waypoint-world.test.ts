import { WaypointNavigationConfig } from "@assay/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hexSeed } from "../test/seeds.ts";
import { distance, drawWorld } from "./waypoint-world.ts";

const config = WaypointNavigationConfig.parse({});

test("one seed is one world, another seed another", () => {
  expect(drawWorld(config, "ab".repeat(32))).toEqual(drawWorld(config, "ab".repeat(32)));
  expect(drawWorld(config, "ab".repeat(32))).not.toEqual(drawWorld(config, "cd".repeat(32)));
});

test("obstacles leave a way round them: room to walls, route and each other", () => {
  fc.assert(
    fc.property(hexSeed, (seed) => {
      const { start, waypoints, obstacles } = drawWorld(config, seed);
      for (const [i, disc] of obstacles.entries()) {
        const reach = disc.radius + config.clearance;
        const walls = [disc.x, disc.y, config.worldSize - disc.x, config.worldSize - disc.y];
        expect(Math.min(...walls)).toBeGreaterThanOrEqual(reach);
        for (const point of [start, ...waypoints])
          expect(distance(point, disc)).toBeGreaterThanOrEqual(reach);
        for (const other of obstacles.slice(0, i))
          expect(distance(other, disc)).toBeGreaterThanOrEqual(reach + other.radius);
      }
    }),
  );
});

test("radii, counts and legs keep to the configuration", () => {
  fc.assert(
    fc.property(hexSeed, (seed) => {
      const { start, waypoints, obstacles } = drawWorld(config, seed);
      expect(waypoints).toHaveLength(config.waypoints);
      expect(obstacles.length).toBeLessThanOrEqual(config.obstacles);
      for (const { radius } of obstacles) {
        expect(radius).toBeGreaterThanOrEqual(config.obstacleRadiusMin);
        expect(radius).toBeLessThanOrEqual(config.obstacleRadiusMax);
      }
      const route = [start, ...waypoints];
      for (const [i, point] of waypoints.entries())
        expect(distance(route[i]!, point)).toBeGreaterThan(config.worldSize / 3);
    }),
  );
});

test("a world too small for its obstacles holds fewer of them", () => {
  const crowded = WaypointNavigationConfig.parse({ worldSize: 40, obstacles: 64 });
  const { obstacles } = drawWorld(crowded, "01".repeat(32));
  expect(obstacles.length).toBeGreaterThan(0);
  expect(obstacles.length).toBeLessThan(64);
});
