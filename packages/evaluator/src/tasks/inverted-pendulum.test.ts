import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { EpisodeResult, Task } from "../task.ts";
import { hexSeed, seedsNamed } from "../test/seeds.ts";
import { invertedPendulum, PENDULUM_OBSERVATION } from "./inverted-pendulum.ts";

const task = invertedPendulum();
const calm = invertedPendulum({ gustNewtons: 0, startTiltPercent: 0, motorPercent: 100 });
const SEED = "7e".repeat(32);

type Policy = (seen: Float64Array) => number;

function play(of: Task, seed: string, policy: Policy): EpisodeResult {
  const simulation = of.start(seed);
  const seen = new Float64Array(of.observationLength);
  for (;;) {
    simulation.observe(seen);
    const result = simulation.step(Float64Array.of(policy(seen)));
    if (result !== undefined) return result;
  }
}

function value(seen: Float64Array, field: keyof typeof PENDULUM_OBSERVATION): number {
  return seen[PENDULUM_OBSERVATION[field]]!;
}

const balance: Policy = (seen) =>
  0.4 * value(seen, "position") +
  0.7 * value(seen, "velocity") +
  8 * value(seen, "tiltSine") +
  2 * value(seen, "turnRate");

function successes(policy: Policy): number {
  return seedsNamed("pendulum", 100).filter((seed) => play(task, seed, policy).success).length;
}

test("feedback on the whole state balances, feedback on the pole alone runs off the track, none falls", () => {
  const upright: Policy = (seen) => 6 * value(seen, "tiltSine") + value(seen, "turnRate");
  expect(successes(balance)).toBeGreaterThan(80);
  expect(successes(upright)).toBeLessThan(40);
  expect(successes(() => 0)).toBe(0);
});

test("a pole that stands exactly upright in still air keeps standing, and is paid by its distance to the middle", () => {
  const seen = new Float64Array(calm.observationLength);
  calm.start(SEED).observe(seen);
  const { success, reward, steps } = play(calm, SEED, () => 0);
  const away = Math.abs(value(seen, "position")) / value(seen, "halfTrack");
  expect({ success, steps }).toEqual({ success: true, steps: 500 });
  expect(reward).toBeCloseTo(0.7 + 0.3 * (1 - away), 12);
});

test("the first step is that of the equations", () => {
  const one = invertedPendulum({ ...calm.spec.config, poleCentimetresMin: 100, poleCentimetresMax: 100 });
  const simulation = one.start(SEED);
  const [before, after] = [new Float64Array(10), new Float64Array(10)];
  simulation.observe(before);
  simulation.step(Float64Array.of(1));
  simulation.observe(after);
  const turn = -(10 / 1.1) / (0.5 * (4 / 3 - 0.1 / 1.1));
  const push = 10 / 1.1 - (0.1 * 0.5 * turn) / 1.1;
  expect(value(after, "turnRate")).toBeCloseTo(0.02 * turn, 12);
  expect(value(after, "velocity")).toBeCloseTo(0.02 * push, 12);
  expect(value(after, "position") - value(before, "position")).toBeCloseTo(0.0004 * push, 12);
  expect(value(after, "tiltSine")).toBeCloseTo(Math.sin(2 * Math.atan(0.0002 * turn)), 12);
});

test("the motor approaches the wanted force, and never asks for more than full force", () => {
  const simulation = task.start(SEED);
  const seen = new Float64Array(task.observationLength);
  simulation.step(Float64Array.of(1e300));
  simulation.observe(seen);
  expect(value(seen, "motorForce")).toBe(2.5);
});

test("the end of the track ends the episode", () => {
  const heavy = invertedPendulum({ gustNewtons: 0, fallTiltPercent: 95, halfTrackCentimetres: 50 });
  const { success, steps } = play(heavy, SEED, () => -1);
  expect(success).toBe(false);
  expect(steps).toBeLessThan(100);
});

test("whatever the actions, an episode ends in its range and in time", () => {
  const action = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(hexSeed, fc.array(action, { minLength: 1, maxLength: 40 }), (seed, actions) => {
      let turn = 0;
      const { success, reward, steps } = play(task, seed, () => actions[turn++ % actions.length]!);
      expect(reward).toBeGreaterThanOrEqual(0);
      expect(reward).toBeLessThanOrEqual(success ? 1 : 499 / 500);
      expect(steps).toBeLessThanOrEqual(500);
    }),
  );
});

test("the pole's direction stays a unit vector", () => {
  const simulation = task.start(SEED);
  const seen = new Float64Array(task.observationLength);
  do {
    simulation.observe(seen);
    expect(value(seen, "tiltSine") ** 2 + value(seen, "tiltCosine") ** 2).toBeCloseTo(1, 14);
  } while (simulation.step(Float64Array.of(balance(seen))) === undefined);
});

test("every bit of these trajectories is the same on every machine", () => {
  const hash = createHash("sha256");
  for (const seed of seedsNamed(SEED, 20)) {
    const result = play(task, seed, (seen) => {
      hash.update(new Uint8Array(seen.buffer));
      return balance(seen);
    });
    hash.update(JSON.stringify(result));
  }
  expect(hash.digest("hex")).toBe("23fab98e680dc17826babfe46a6399c903f87e9013d11c98b148d49f95234323");
});

test("the default task has this hash", () => {
  expect(task.spec).toMatchObject({
    name: "inverted-pendulum",
    version: "1",
    configHash: "e51cd53d1d7e1389dbadc7876c8ec51e7ee03e7036b1fcf0ec9a04b05f00a6d4",
  });
});

test("a setting outside its range is refused", () => {
  expect(() => invertedPendulum({ motorPercent: 0 })).toThrow(
    expect.objectContaining({
      code: "EVALUATOR_CONFIG_INVALID",
      facts: expect.objectContaining({ path: "motorPercent" }),
    }),
  );
});
