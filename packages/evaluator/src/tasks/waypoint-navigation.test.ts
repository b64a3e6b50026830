import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EpisodeResult, Simulation, Task } from "../task.ts";
import { hexSeed, seedsNamed } from "../test/seeds.ts";
import { WAYPOINT_OBSERVATION, waypointNavigation } from "./waypoint-navigation.ts";

const task = waypointNavigation();
const empty = waypointNavigation({ obstacles: 0, agility: 100 });
const SEED = "7e".repeat(32);

function observation({ observationLength }: Task, simulation: Simulation): Float64Array {
  const numbers = new Float64Array(observationLength);
  simulation.observe(numbers);
  return numbers;
}

function see(of: Task, simulation: Simulation, field: keyof typeof WAYPOINT_OBSERVATION): number {
  return observation(of, simulation)[WAYPOINT_OBSERVATION[field]]!;
}

/** Plays to the end with a policy from observations to an action. */
function play(of: Task, seed: string, policy: (seen: Float64Array) => [number, number]): EpisodeResult {
  const simulation = of.start(seed);
  for (;;) {
    const result = simulation.step(Float64Array.from(policy(observation(of, simulation))));
    if (result !== undefined) return result;
  }
}

const toTarget = (seen: Float64Array): [number, number] => [
  seen[WAYPOINT_OBSERVATION.targetX]!,
  seen[WAYPOINT_OBSERVATION.targetY]!,
];

test("an empty world is solved by walking straight, and the reward is what its formula says", () => {
  const { success, reward, steps } = play(empty, SEED, toTarget);
  expect(success).toBe(true);
  expect(reward).toBeCloseTo(0.7 + 0.3 * (1 - steps / 160), 12);
});

test("an agent that stands still fails at the last step with nothing", () => {
  expect(play(task, SEED, () => [0, 0])).toEqual({ success: false, reward: 0, steps: 160 });
});

test("the first waypoint alone is worth half of the progress share", () => {
  const first = play(empty, SEED, (seen) =>
    seen[WAYPOINT_OBSERVATION.waypointsLeft] === 2 ? toTarget(seen) : [0, 0],
  );
  expect(first).toEqual({ success: false, reward: 0.35, steps: 160 });
});

test("a wall ends the episode", () => {
  const { success, steps } = play(empty, SEED, () => [-1, 0]);
  const start = see(empty, empty.start(SEED), "x");
  expect({ success, steps }).toEqual({ success: false, steps: Math.ceil(start / 2) });
});

test("an obstacle ends the episode", () => {
  const towardsNearest = (seen: Float64Array): [number, number] => [
    seen[WAYPOINT_OBSERVATION.obstacles]!,
    seen[WAYPOINT_OBSERVATION.obstacles + 1]!,
  ];
  for (const seed of seedsNamed(SEED, 20)) {
    const { success, reward, steps } = play(task, seed, towardsNearest);
    expect({ success, reward }).toEqual({ success: false, reward: 0 });
    expect(steps).toBeLessThan(160);
  }
});

test("velocity approaches the wanted one by the agility", () => {
  const slow = waypointNavigation({ obstacles: 0, agility: 25 });
  const simulation = slow.start(SEED);
  simulation.step(Float64Array.of(1, 0));
  expect(see(slow, simulation, "velocityX")).toBe(0.5);
  simulation.step(Float64Array.of(1, 0));
  expect(see(slow, simulation, "velocityX")).toBe(0.875);
});

test.each([
  ["long", [30, -40]],
  ["at the edge of the numbers", [Number.MAX_VALUE * 0.75, -Number.MAX_VALUE]],
] as const)("an action that is %s counts as one of length one", (_, action) => {
  const simulation = empty.start(SEED);
  simulation.step(Float64Array.from(action));
  expect(see(empty, simulation, "velocityX")).toBeCloseTo(1.2, 12);
  expect(see(empty, simulation, "velocityY")).toBeCloseTo(-1.6, 12);
});

test("an action shorter than one is a slower walk", () => {
  const simulation = empty.start(SEED);
  simulation.step(Float64Array.of(0.25, 0));
  expect(see(empty, simulation, "velocityX")).toBe(0.5);
});

test("obstacles are shown nearest first, and absent ones as zeros", () => {
  const sparse = waypointNavigation({ obstacles: 2 });
  const seen = observation(sparse, sparse.start(SEED));
  const { obstacles, obstacleCount } = WAYPOINT_OBSERVATION;
  const gap = (i: number) => {
    const [x = 0, y = 0, radius = 0] = seen.subarray(obstacles + 3 * i);
    return Math.hypot(x, y) - radius;
  };
  expect(seen[obstacleCount]).toBe(2);
  expect(gap(0)).toBeLessThanOrEqual(gap(1));
  expect([...seen.subarray(obstacles + 6)]).toEqual(Array.from({ length: 12 }, () => 0));
});

test("whatever the actions, an episode ends in its range and in time", () => {
  const action = fc.tuple(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(hexSeed, fc.array(action, { minLength: 1, maxLength: 40 }), (seed, actions) => {
      let turn = 0;
      const { success, reward, steps } = play(task, seed, () => actions[turn++ % actions.length]!);
      const [low, high] = task.rewardRange;
      expect(reward).toBeGreaterThanOrEqual(low);
      expect(reward).toBeLessThanOrEqual(success ? high : 0.35);
      expect(steps).toBeLessThanOrEqual(160);
    }),
  );
});

test("every bit of these trajectories is the same on every machine", () => {
  const hash = createHash("sha256");
  for (const seed of seedsNamed(SEED, 50)) {
    const simulation = task.start(seed);
    let result: EpisodeResult | undefined;
    while (result === undefined) {
      const seen = observation(task, simulation);
      hash.update(new Uint8Array(seen.buffer));
      result = simulation.step(Float64Array.from(toTarget(seen)));
    }
    hash.update(JSON.stringify(result));
  }
  expect(hash.digest("hex")).toBe("101225a66baf4f59e8ac9d1c6e433ee8c5e03f8bff01e974c0936a1e53e4466a");
});

test("the default task has this hash", () => {
  expect(task.spec).toMatchObject({
    name: "waypoint-navigation",
    version: "1",
    configHash: "7a78164e9f2d4e0434d74a90f2ee4566c8d4e89a03ebdcc2519140cc98cebdd8",
  });
});

test("the longest observation fits the agents' memory", () => {
  expect(waypointNavigation({ visibleObstacles: 16 }).observationLength).toBeLessThanOrEqual(64);
});

test("a setting outside its range is refused", () => {
  expect(() => waypointNavigation({ speed: 0 })).toThrow(
    expect.objectContaining({
      code: "EVALUATOR_CONFIG_INVALID",
      facts: expect.objectContaining({ path: "speed" }),
    }),
  );
});
