import { expect, test } from "vitest";
import { type AgentPort, rollout } from "./rollout.ts";
import { ROW_HEAD } from "./sandbox/lanes.ts";
import type { Task } from "./task.ts";
import { waypointNavigation } from "./tasks/waypoint-navigation.ts";
import { straight, tiring } from "./test/agents.ts";
import { playInProcess } from "./test/in-process.ts";
import { seedsNamed } from "./test/seeds.ts";

const task = waypointNavigation();
const seeds = seedsNamed("11", 80);

/** Ends each episode after as many steps as its seed's first byte says; the reward repeats the last action. */
const counting: Task = {
  spec: { name: "counting", version: "1", config: {}, configHash: "" },
  rewardRange: [0, 1],
  observationLength: 1,
  actionLength: 1,
  start: (seed) => {
    const length = Number.parseInt(seed.slice(0, 2), 16);
    let steps = 0;
    return {
      observe: (into) => into.fill(length),
      step: ([reward = 0]) => {
        steps += 1;
        return steps > length ? { success: true, reward, steps } : undefined;
      },
    };
  },
};

/** Answers each row with a number made from it. */
function answering(answer: (row: Float64Array) => number[]): AgentPort {
  const width = ROW_HEAD + counting.observationLength;
  return {
    turn: (rows) => {
      const list = Array.from({ length: rows.length / width }, (_, i) =>
        rows.subarray(i * width, (i + 1) * width),
      );
      return Float64Array.from(list.flatMap(answer));
    },
  };
}

test("results stand in the order of the seeds, though short episodes end first", async () => {
  const agent = answering(([, , length = 0]) => [length]);
  const results = await rollout({ task: counting, seeds, agent });
  const lengths = seeds.map((seed) => Number.parseInt(seed.slice(0, 2), 16));
  expect(results).toEqual(lengths.map((length) => ({ success: true, reward: length, steps: length + 1 })));
});

test("an episode opens its lane exactly once", async () => {
  let opened = 0;
  const agent = answering(([, isFresh = 0]) => {
    opened += isFresh;
    return [0];
  });
  await rollout({ task: counting, seeds, agent });
  expect(opened).toBe(seeds.length);
});

test("the same seeds give identical episodes, in any company", async () => {
  const all = await playInProcess(tiring, { task, seeds });
  expect(await playInProcess(tiring, { task, seeds })).toEqual(all);
  expect(await playInProcess(tiring, { task, seeds: [...seeds].reverse() })).toEqual(all.toReversed());
  expect(await playInProcess(tiring, { task, seeds: seeds.slice(40, 41) })).toEqual([all[40]]);
});

test("an agent that stops gets less far than one that goes on", async () => {
  const far = await playInProcess(straight, { task, seeds });
  const tired = await playInProcess(tiring, { task, seeds });
  expect(far.filter(({ success }) => success).length).toBeGreaterThan(0);
  expect(tired.filter(({ success }) => success)).toEqual([]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  "an action of %s names the episode and blames the agent",
  async (bad) => {
    const agent = answering(() => [bad]);
    await expect(rollout({ task: counting, seeds, agent })).rejects.toMatchObject({
      code: "EVALUATOR_AGENT_INVALID_ACTION",
      message: `episode 0: number 0 of the action is ${bad}`,
    });
  },
);

test("a wrong number of actions is the sandbox's fault", async () => {
  const agent = answering(() => [1, 2]);
  await expect(rollout({ task: counting, seeds, agent })).rejects.toMatchObject({
    code: "EVALUATOR_SANDBOX_FAULT",
  });
});
