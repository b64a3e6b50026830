import { expect, test, vi } from "vitest";
import { hostile, straight } from "./test/agents.ts";
import { tryAgent } from "./trial.ts";

vi.setConfig({ testTimeout: 60_000 });

const request = { agent: straight, task: "waypoint-navigation", episodes: 20, seed: "again" };

test("the same seed is the same trial, another seed another one", async () => {
  const [first, second, other] = await Promise.all([
    tryAgent(request),
    tryAgent(request),
    tryAgent({ ...request, seed: "else" }),
  ]);
  expect(second.episodes).toEqual(first.episodes);
  expect(other.episodes).not.toEqual(first.episodes);
});

test("a trial's figures are those of its episodes", async () => {
  const { episodes, figures, successInterval, steps, msPerStep, failure } = await tryAgent(request);
  const successes = episodes.filter(({ success }) => success).length;
  expect(failure).toBeNull();
  expect(episodes).toHaveLength(20);
  expect(figures).toMatchObject({ episodes: 20, successRate: successes / 20 });
  expect(successInterval?.low).toBeLessThanOrEqual(successes / 20);
  expect(successInterval?.high).toBeGreaterThan(successes / 20);
  expect(steps).toBe(episodes.reduce((sum, episode) => sum + episode.steps, 0));
  expect(msPerStep).toBeGreaterThan(0);
});

test("every built-in task can be tried, with its configuration", async () => {
  const trial = await tryAgent({
    ...request,
    task: "inverted-pendulum",
    config: { maxSteps: 3 },
    episodes: 2,
  });
  expect(trial.identity.task).toBe("inverted-pendulum");
  expect(trial.steps).toBe(6);
});

test("an agent that fails has no episodes but a reason", async () => {
  const trial = await tryAgent({ ...request, agent: hostile.traps.bytes });
  expect(trial).toMatchObject({ failure: { code: "EVALUATOR_AGENT_TRAP" }, episodes: [], figures: null });
});

test("a task that is not built in is refused by name", async () => {
  await expect(tryAgent({ ...request, task: "chess" })).rejects.toMatchObject({
    code: "EVALUATOR_TASK_UNKNOWN",
    facts: { task: "chess" },
  });
});
