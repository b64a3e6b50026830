import fc from "fast-check";
import { expect, test } from "vitest";
import { anAssignment } from "../testing/assignment.ts";
import { problemOf } from "./check-result.ts";

const { job, task, ...rest } = anAssignment();
const assignment = { job, task, ...rest };
const [least, most] = task.rewardRange;
const episode = fc.record({
  success: fc.boolean(),
  reward: fc.double({ min: least, max: most, noNaN: true }),
  steps: fc.integer({ min: 1, max: 160 }),
});

const result = (episodes: readonly { success: boolean; reward: number; steps: number }[]) => ({
  type: "result" as const,
  run: crypto.randomUUID(),
  evaluator: job.evaluator,
  artefactSha256: job.artefactSha256,
  seedsHash: assignment.seedsHash,
  episodes: [...episodes],
  failure: null,
});

test("every possible outcome of every seed is taken", () => {
  const { length } = job.seeds;
  const episodes = fc.array(episode, { minLength: length, maxLength: length });
  fc.assert(
    fc.property(episodes, (list) => {
      expect(problemOf(result(list), assignment)).toBeUndefined();
    }),
  );
});

test("any other number of episodes is refused", () => {
  const wrong = fc.array(episode, { maxLength: 12 }).filter((list) => list.length !== job.seeds.length);
  fc.assert(
    fc.property(wrong, (list) => {
      expect(problemOf(result(list), assignment)).toMatchObject({ reason: "wrong-count" });
    }),
  );
});

test("a reward outside of the task's range is refused wherever it stands", () => {
  const outside = fc.oneof(
    fc.double({ min: most, minExcluded: true, max: 1e12, noNaN: true }),
    fc.double({ min: -1e12, max: least - Number.MIN_VALUE, noNaN: true }),
    fc.constant(Number.NaN),
  );
  fc.assert(
    fc.property(outside, fc.nat(job.seeds.length - 1), (reward, at) => {
      const episodes = job.seeds.map((_, i) => ({ success: false, reward: i === at ? reward : 0, steps: 1 }));
      expect(problemOf(result(episodes), assignment)).toMatchObject({ reason: "out-of-range" });
    }),
  );
});
