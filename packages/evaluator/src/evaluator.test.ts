import { afterAll, expect, test, vi } from "vitest";
import { createEvaluator } from "./evaluator.ts";
import { waypointNavigation } from "./tasks/waypoint-navigation.ts";
import { compilerBomb, hostile, hungry, manyExports, straight, tiring } from "./test/agents.ts";
import { playInProcess } from "./test/in-process.ts";
import { agentProcesses, hasProc } from "./test/processes.ts";
import { seedsNamed } from "./test/seeds.ts";

vi.setConfig({ testTimeout: 60_000 });

const evaluator = createEvaluator();
const { task } = evaluator;
const seeds = seedsNamed("42", 200);
const FEW = seeds.slice(0, 40);
/** Enough for a process to start on a busy machine, little enough for a test to wait for. */
const HASTE = { turnMs: 400, episodeMs: 150 };

afterAll(() => evaluator.close());

test("200 episodes in a process are those played without one, bit for bit", async () => {
  const evaluation = await evaluator.evaluate({ artefact: straight, seeds });
  expect(evaluation).toEqual({ ok: true, episodes: await playInProcess(straight, { task, seeds }) });
  expect(await evaluator.evaluate({ artefact: straight, seeds })).toEqual(evaluation);
});

test.each(Object.entries(hostile))("an agent that %s fails by name", async (_, { bytes, code }) => {
  const limits = code === "EVALUATOR_AGENT_TIMEOUT" ? HASTE : {};
  const evaluation = await evaluator.evaluate({ artefact: bytes, seeds: FEW, limits });
  expect(evaluation).toEqual({ ok: false, failure: { code, detail: expect.stringMatching(/./) } });
});

test("after every hostile agent the evaluator still evaluates a good one", async () => {
  const good = { ok: true, episodes: await playInProcess(straight, { task, seeds: FEW }) };
  for (const { bytes } of [hostile["loops for ever in act"], hostile["calls itself without end"]]) {
    expect((await evaluator.evaluate({ artefact: bytes, seeds: FEW, limits: HASTE })).ok).toBe(false);
    expect(await evaluator.evaluate({ artefact: straight, seeds: FEW })).toEqual(good);
  }
});

test("agents evaluated at the same time do not disturb each other", async () => {
  const [good, bad, other] = await Promise.all([
    evaluator.evaluate({ artefact: straight, seeds: FEW }),
    evaluator.evaluate({ artefact: hostile.traps.bytes, seeds: FEW }),
    evaluator.evaluate({ artefact: tiring, seeds: FEW }),
  ]);
  expect(good).toEqual({ ok: true, episodes: await playInProcess(straight, { task, seeds: FEW }) });
  expect(bad.ok).toBe(false);
  expect(other).toEqual({ ok: true, episodes: await playInProcess(tiring, { task, seeds: FEW }) });
});

test("an agent may use all its memory in every episode", async () => {
  const hundred = seeds.slice(0, 100);
  const evaluation = await evaluator.evaluate({ artefact: hungry, seeds: hundred });
  expect(evaluation).toEqual({ ok: true, episodes: await playInProcess(straight, { task, seeds: hundred }) });
});

test("a module that explodes in the compiler is ended before it takes the machine's memory", async () => {
  const limits = { turnMs: 60_000, episodeMs: 60_000 };
  expect(await evaluator.evaluate({ artefact: compilerBomb, seeds: FEW, limits })).toEqual({
    ok: false,
    failure: { code: "EVALUATOR_AGENT_OUT_OF_MEMORY", detail: "its process took more than 536870912 bytes" },
  });
});

test("a module whose exports fill the engine's heap is out of memory", async () => {
  expect(await evaluator.evaluate({ artefact: manyExports, seeds: FEW })).toEqual({
    ok: false,
    failure: { code: "EVALUATOR_AGENT_OUT_OF_MEMORY", detail: "its thread ran out of memory" },
  });
});

test("a timeout says which limit the agent passed", async () => {
  const { bytes } = hostile["loops for ever in act"];
  expect(await evaluator.evaluate({ artefact: bytes, seeds: FEW, limits: HASTE })).toEqual({
    ok: false,
    failure: {
      code: "EVALUATOR_AGENT_TIMEOUT",
      detail: "used more than 400 ms of processor time for a turn",
    },
  });
});

test("a refusal begins with its reason and needs no process", async () => {
  const evaluation = await evaluator.evaluate({
    artefact: new TextEncoder().encode("#!/bin/sh"),
    seeds: FEW,
  });
  expect(evaluation).toEqual({
    ok: false,
    failure: { code: "EVALUATOR_AGENT_REFUSED", detail: "not-wasm: no WebAssembly 1 preamble" },
  });
});

test("another configuration is another identity and another outcome", async () => {
  const empty = createEvaluator({ task: waypointNavigation({ obstacles: 0 }) });
  expect(empty.identity).toEqual({
    ...evaluator.identity,
    configHash: expect.not.stringMatching(evaluator.identity.configHash),
  });
  const [here, there] = [evaluator, empty].map((one) => one.evaluate({ artefact: straight, seeds: FEW }));
  expect(await here).not.toEqual(await there);
  await empty.close();
});

test("an aborted evaluation rejects with the cause", async () => {
  const controller = new AbortController();
  const cause = new Error("lease lost");
  const { bytes } = hostile["loops for ever in act"];
  const running = evaluator.evaluate({ artefact: bytes, seeds: FEW, signal: controller.signal });
  controller.abort(cause);
  await expect(running).rejects.toMatchObject({ code: "EVALUATOR_ABORTED", cause });
  await expect(
    evaluator.evaluate({ artefact: straight, seeds: FEW, signal: controller.signal }),
  ).rejects.toMatchObject({ code: "EVALUATOR_ABORTED" });
});

test("closing ends what runs, refuses what comes, and leaves no process behind", async () => {
  const own = createEvaluator();
  const { bytes } = hostile["loops for ever in act"];
  const running = own.evaluate({ artefact: bytes, seeds: FEW });
  const refused = expect(running).rejects.toMatchObject({ code: "EVALUATOR_CLOSED" });
  await own.close();
  await refused;
  await expect(own.evaluate({ artefact: straight, seeds: FEW })).rejects.toMatchObject({
    code: "EVALUATOR_CLOSED",
  });
  if (hasProc) expect(agentProcesses()).toEqual([]);
});

test.each([
  [{ seeds: [] }, "EVALUATOR_NO_SEEDS"],
  [{ seeds: ["7"] }, "EVALUATOR_SEED_INVALID"],
  [{ seeds: FEW, limits: { turnMs: Number.NaN } }, "EVALUATOR_LIMIT_INVALID"],
  [{ seeds: FEW, limits: { episodeMs: 0 } }, "EVALUATOR_LIMIT_INVALID"],
])("a request with %j is refused as %s", async (request, code) => {
  await expect(evaluator.evaluate({ artefact: straight, ...request })).rejects.toMatchObject({ code });
});
