import { createHash } from "node:crypto";
import { canonicalJson, InvertedPendulumConfig, WaypointNavigationConfig } from "@assay/core";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { invertedPendulum } from "../tasks/inverted-pendulum.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { playInProcess } from "../test/in-process.ts";
import { seedsNamed } from "../test/seeds.ts";
import { playTwin } from "./play-twin.ts";
import { referenceAgents } from "./reference-agents.ts";

vi.setConfig({ testTimeout: 120_000 });

const tasks = { "waypoint-navigation": waypointNavigation, "inverted-pendulum": invertedPendulum };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const recorded = (task: string) =>
  Array.from({ length: 16 }, (_, i) => sha256(`assay-reference-v1\n${task}\n${i}`));

test.each(referenceAgents)("the twin of $name earns what is recorded of the agent", async (reference) => {
  const task = tasks[reference.task as keyof typeof tasks]();
  const episodes = await playTwin(reference.twin, { task, seeds: recorded(reference.task) });
  expect(sha256(canonicalJson(episodes))).toBe(reference.outcome);
});

const between = (min: number, max: number) => fc.integer({ min, max });
const configs = {
  "waypoint-navigation": fc
    .record({
      worldSize: between(40, 1_000),
      waypoints: between(1, 8),
      waypointRadius: between(1, 10),
      obstacles: between(0, 64),
      visibleObstacles: between(1, 16),
      speed: between(1, 4),
      agility: between(5, 100),
      maxSteps: between(1, 200),
    })
    .filter((config) => WaypointNavigationConfig.safeParse(config).success),
  "inverted-pendulum": fc
    .record({
      halfTrackCentimetres: between(50, 1_000),
      poleCentimetresMin: between(20, 60),
      poleCentimetresMax: between(60, 400),
      fullForceNewtons: between(1, 100),
      motorPercent: between(5, 100),
      gustNewtons: between(0, 100),
      maxSteps: between(1, 200),
    })
    .filter((config) => InvertedPendulumConfig.safeParse(config).success),
} as const;

test.each(referenceAgents)("$name and its twin play the same in every configuration", async (reference) => {
  const name = reference.task as keyof typeof tasks;
  const seeds = seedsNamed("twins", 3);
  await fc.assert(
    fc.asyncProperty(configs[name] as fc.Arbitrary<object>, async (config) => {
      const task = tasks[name](config);
      const episodes = await playInProcess(Buffer.from(reference.wasm, "base64"), { task, seeds });
      expect(await playTwin(reference.twin, { task, seeds })).toEqual(episodes);
    }),
    { numRuns: 10 },
  );
});
