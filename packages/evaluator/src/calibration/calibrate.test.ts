import { expect, test, vi } from "vitest";
import { builtInTasks } from "../tasks/built-in.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { hostile } from "../test/agents.ts";
import { calibrate } from "./calibrate.ts";
import { type ReferenceAgent, referenceAgents } from "./reference-agents.ts";

vi.setConfig({ testTimeout: 240_000 });

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
    message: expect.stringContaining("do not trust this evaluator"),
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

const configured = { waypoints: 4, obstacles: 30, agility: 40, maxSteps: 60 };

test("in another configuration the same agents must play what their twins play", async () => {
  await calibrate({ ...named, config: configured });
  const twin = () => () => [0, 0];
  const spec = waypointNavigation(configured).spec;
  const calibrating = calibrate({ ...named, config: configured }, { references: [{ ...first, twin }] });
  await expect(calibrating).rejects.toMatchObject({
    code: "EVALUATOR_MISCALIBRATED",
    facts: { task: first.task, agent: first.name, configHash: spec.configHash },
  });
});

test("a twin that fails as its module does is no other outcome", async () => {
  const twin = () => () => [Number.NaN, 0];
  const calibrating = calibrate({ ...named, config: configured }, { references: [{ ...first, twin }] });
  await expect(calibrating).rejects.toMatchObject({
    facts: { expected: "EVALUATOR_AGENT_INVALID_ACTION" },
  });
});

test("a configuration that no task knows is said to be that", async () => {
  await expect(calibrate({ ...named, config: { wind: 1 } })).rejects.toMatchObject({
    code: "EVALUATOR_CONFIG_INVALID",
  });
});

test("the default configuration, however it is written, is the recorded one", async () => {
  const twin = () => () => [0, 0];
  await calibrate({ ...named, config: { obstacles: 14 } }, { references: [{ ...first, twin }] });
});

test("a reference agent that fails is an outcome as well", async () => {
  const wasm = Buffer.from(hostile.traps.bytes).toString("base64");
  await expect(calibrate(named, { references: [{ ...first, wasm }] })).rejects.toMatchObject({
    facts: { found: "EVALUATOR_AGENT_TRAP" },
  });
});

test("a stop ends a calibration", async () => {
  const stop = new AbortController();
  const twin = () => {
    stop.abort(new Error("stopping"));
    return () => [0, 0];
  };
  const late = calibrate(
    { ...named, config: configured },
    { signal: stop.signal, references: [{ ...first, twin }] },
  );
  await expect(late).rejects.toThrow("stopping");
  await expect(calibrate(named, { signal: AbortSignal.abort(new Error("stopping")) })).rejects.toMatchObject({
    code: "EVALUATOR_ABORTED",
  });
});
