import { expect, test, vi } from "vitest";
import { identityOf } from "../identity.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { hostile } from "../test/agents.ts";
import { Calibrated } from "./calibrated.ts";
import { type ReferenceAgent, referenceAgents } from "./reference-agents.ts";

vi.setConfig({ testTimeout: 240_000 });

const [first] = referenceAgents as readonly [ReferenceAgent, ...ReferenceAgent[]];
const around = { signal: new AbortController().signal };

/** A job of this cycle in this configuration. */
function aJob(cycleId: string, taskConfig: { [key: string]: number } = {}) {
  return { cycleId, taskConfig, evaluator: identityOf(waypointNavigation(taskConfig)) };
}

/** How often the twin had to play tells how often a host was calibrated. */
function counted() {
  let count = 0;
  const twin = () => {
    count += 1;
    return first.twin();
  };
  const calibrated = new Calibrated([{ ...first, twin }]);
  const EPISODES = 8;
  return { calibrated, count: () => count / EPISODES };
}

test("a host is calibrated once for each configuration of each cycle, in whatever order jobs come", async () => {
  const { calibrated, count } = counted();
  const [few, many] = [{ obstacles: 2 }, { obstacles: 20 }];
  for (const job of [aJob("a", few), aJob("b", many), aJob("a", few), aJob("b", many)])
    await calibrated.assert(job, around);
  expect(count()).toBe(2);
  await calibrated.assert(aJob("c", few), around);
  expect(count()).toBe(3);
});

test("other code is calibrated anew", async () => {
  const { calibrated, count } = counted();
  const job = aJob("a", { obstacles: 2 });
  await calibrated.assert(job, around);
  await calibrated.assert({ ...job, evaluator: { ...job.evaluator, codeHash: "ff".repeat(32) } }, around);
  expect(count()).toBe(2);
});

test("a calibration that went wrong is not remembered, and concerns its configuration alone", async () => {
  const wrong = { obstacles: 3 };
  const { configHash } = waypointNavigation(wrong).spec;
  let isBroken = true;
  const twin = () => (isBroken ? () => [0, 0] : first.twin());
  const calibrated = new Calibrated([{ ...first, twin }]);
  await expect(calibrated.assert(aJob("a", wrong), around)).rejects.toMatchObject({
    code: "EVALUATOR_MISCALIBRATED",
    facts: { configHash },
  });
  await calibrated.assert(aJob("a"), around);
  isBroken = false;
  await calibrated.assert(aJob("a", wrong), around);
});

test("what keeps a calibration from taking place is no verdict on the host", async () => {
  const wasm = Buffer.from(hostile.traps.bytes).toString("base64");
  const calibrated = new Calibrated([{ ...first, wasm }]);
  const stopped = AbortSignal.abort(new Error("the lease is lost"));
  await expect(calibrated.assert(aJob("a"), { signal: stopped })).rejects.toMatchObject({
    code: "EVALUATOR_ABORTED",
  });
});
