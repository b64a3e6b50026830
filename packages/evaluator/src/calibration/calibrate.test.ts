import { expect, test, vi } from "vitest";
import { builtInTasks } from "../tasks/built-in.ts";
import { hostile } from "../test/agents.ts";
import { calibrate } from "./calibrate.ts";
import { type ReferenceAgent, referenceAgents } from "./reference-agents.ts";

vi.setConfig({ testTimeout: 60_000 });

const [first] = referenceAgents as readonly [ReferenceAgent, ...ReferenceAgent[]];
const named = { task: first.task, version: "1" };

const simulations = builtInTasks.filter(({ make }) => make({}).agents === undefined);

test.each(simulations)("the reference agents of $name earn here what they earn everywhere", async (task) => {
  expect(referenceAgents.filter((reference) => reference.task === task.name)).toHaveLength(2);
  await calibrate({ task: task.name, version: task.version });
});

test("a reference agent with another outcome says that the evaluator is not to be trusted", async () => {
  const outcome = "00".repeat(32);
  await expect(calibrate(named, { references: [{ ...first, outcome }] })).rejects.toMatchObject({
    code: "EVALUATOR_MISCALIBRATED",
    facts: { task: first.task, agent: first.name, expected: outcome, found: first.outcome },
  });
});

test("a task for containers is calibrated by the modules of its simulation", async () => {
  const outcome = "00".repeat(32);
  const contained = { ...named, task: `${named.task}-container` };
  await expect(calibrate(contained, { references: [{ ...first, outcome }] })).rejects.toMatchObject({
    code: "EVALUATOR_MISCALIBRATED",
    facts: { task: named.task, found: first.outcome },
  });
});

test("a reference agent that fails is an outcome as well", async () => {
  const wasm = Buffer.from(hostile.traps.bytes).toString("base64");
  await expect(calibrate(named, { references: [{ ...first, wasm }] })).rejects.toMatchObject({
    facts: { found: "EVALUATOR_AGENT_TRAP" },
  });
});

test("a stop ends a calibration", async () => {
  await expect(calibrate(named, { signal: AbortSignal.abort(new Error("stopping")) })).rejects.toMatchObject({
    code: "EVALUATOR_ABORTED",
  });
});
