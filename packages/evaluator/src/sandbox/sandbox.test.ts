import { expect, test, vi } from "vitest";
import { AGENT_ABI } from "../agent-abi.ts";
import { setupOf } from "../evaluate.ts";
import { inspectAgent } from "../inspect/inspect.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { hostile, straight } from "../test/agents.ts";
import { agentProcesses, environmentOf, hasProc } from "../test/processes.ts";
import { ROW_HEAD } from "./lanes.ts";
import { Sandbox } from "./sandbox.ts";

vi.setConfig({ testTimeout: 60_000 });

const task = waypointNavigation();
const NEVER = new AbortController().signal;

function messageFor(artefact: Uint8Array) {
  const limits = { turnMs: 60_000, totalMs: 120_000, processBytes: AGENT_ABI.maxProcessBytes };
  return { artefact, setup: setupOf(task, inspectAgent(artefact)), limits };
}

/** One row that opens lane 0 with an observation of zeros. */
function openingRow(): Float64Array {
  const row = new Float64Array(ROW_HEAD + task.observationLength);
  row[1] = 1;
  return row;
}

/** Starts a process, loads an agent, and always ends it. */
async function withSandbox(artefact: Uint8Array, use: (sandbox: Sandbox, pid: number) => Promise<void>) {
  const before = hasProc ? agentProcesses() : [];
  const sandbox = new Sandbox({ stallMs: 100_000, signal: NEVER });
  try {
    await sandbox.load(messageFor(artefact));
    const [pid = 0] = hasProc ? agentProcesses().filter((id) => !before.includes(id)) : [];
    await use(sandbox, pid);
  } finally {
    await sandbox.stop();
  }
}

test("an agent answers from its own process", async () => {
  await withSandbox(straight, async (sandbox) => {
    const row = openingRow();
    row.set([3, 4], ROW_HEAD + 4);
    expect([...(await sandbox.turn(row))]).toEqual([3, 4]);
  });
});

test.skipIf(!hasProc)("the agent's process has no environment, and is gone after stop", async () => {
  let seen = 0;
  await withSandbox(straight, async (_, pid) => {
    seen = pid;
    expect(environmentOf(process.pid)).not.toBe("");
    expect(environmentOf(pid)).toBe("");
  });
  expect(seen).toBeGreaterThan(0);
  expect(agentProcesses()).not.toContain(seen);
});

test.skipIf(!hasProc)("a process that dies is the evaluator's failure, with how it died", async () => {
  await withSandbox(hostile["loops for ever in act"].bytes, async (sandbox, pid) => {
    const turn = sandbox.turn(openingRow());
    process.kill(pid, "SIGSEGV");
    await expect(turn).rejects.toMatchObject({
      code: "EVALUATOR_SANDBOX_DIED",
      facts: { exitCode: null, signal: "SIGSEGV" },
    });
  });
});

test.skipIf(!hasProc)("a process that died between two turns fails the next one", async () => {
  await withSandbox(straight, async (sandbox, pid) => {
    await sandbox.turn(openingRow());
    process.kill(pid, "SIGKILL");
    await expect(sandbox.turn(openingRow())).rejects.toMatchObject({ code: "EVALUATOR_SANDBOX_DIED" });
  });
});

test.skipIf(!hasProc)("a process that answers nothing is given up", async () => {
  const before = agentProcesses();
  const sandbox = new Sandbox({ stallMs: 100, signal: NEVER });
  for (const pid of agentProcesses().filter((id) => !before.includes(id))) process.kill(pid, "SIGSTOP");
  await expect(sandbox.load(messageFor(straight))).rejects.toMatchObject({
    code: "EVALUATOR_SANDBOX_STALLED",
    facts: { waitedMs: 100 },
  });
  await sandbox.stop();
});

test("a signal that was aborted before the start ends the first request", async () => {
  const reason = new Error("no longer wanted");
  const sandbox = new Sandbox({ stallMs: 10_000, signal: AbortSignal.abort(reason) });
  await expect(sandbox.load(messageFor(straight))).rejects.toBe(reason);
  await sandbox.stop();
});
