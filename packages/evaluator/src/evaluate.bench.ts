import { expect, test } from "vitest";
import { createEvaluator } from "./evaluator.ts";
import { straight } from "./test/agents.ts";
import { playInProcess } from "./test/in-process.ts";
import { seedsNamed } from "./test/seeds.ts";

const evaluator = createEvaluator();
const { task } = evaluator;

/** Seconds per run divided by this many episodes: the share of the process against the simulator and the agent. */
const EPISODES = 200;

test(`${EPISODES} episodes, then ten times as many`, async ({ bench }) => {
  const [seeds, many] = [seedsNamed("bench", EPISODES), seedsNamed("bench", 10 * EPISODES)];
  const checked = async (run: Promise<unknown>) => expect(await run).toBeDefined();
  await bench.compare(
    bench("200 in a process", () => checked(evaluator.evaluate({ artefact: straight, seeds }))),
    bench("2,000 in a process", () => checked(evaluator.evaluate({ artefact: straight, seeds: many }))),
    bench("200 without a process", () => checked(playInProcess(straight, { task, seeds }))),
    { time: 0, iterations: 7, warmupTime: 0, warmupIterations: 1 },
  );
  await evaluator.close();
});
