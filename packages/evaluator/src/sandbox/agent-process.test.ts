import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { AGENT_ABI } from "../agent-abi.ts";
import { entries } from "../entries.ts";
import { setupOf } from "../evaluate.ts";
import { inspectAgent } from "../inspect/inspect.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { hostile } from "../test/agents.ts";
import { FRAME, type Frame, FrameReader, frameBytes, numbersToBytes } from "./frames.ts";
import { ROW_HEAD } from "./lanes.ts";
import { encodeLoad } from "./messages.ts";

vi.setConfig({ testTimeout: 60_000 });

const started: ChildProcessWithoutNullStreams[] = [];

function start(): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [fileURLToPath(entries.agentProcess)], { env: {}, stdio: "pipe" });
  started.push(child);
  return child;
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

async function nextFrame(child: ChildProcessWithoutNullStreams): Promise<Frame | undefined> {
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return new FrameReader(65_536).push(chunk)[0];
}

test("says that it is ready, and ends by itself when its evaluator is gone", async () => {
  const child = start();
  expect((await nextFrame(child))?.kind).toBe(FRAME.ready);
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("ends with its evaluator even while the agent loops for ever", async () => {
  const child = start();
  await nextFrame(child);
  const artefact = hostile["loops for ever in act"].bytes;
  const limits = { turnMs: 60_000, totalMs: 60_000, processBytes: AGENT_ABI.maxProcessBytes };
  const setup = setupOf(waypointNavigation(), inspectAgent(artefact));
  child.stdin.write(frameBytes(FRAME.load, encodeLoad({ artefact, setup, limits })));
  expect((await nextFrame(child))?.kind).toBe(FRAME.loaded);
  const row = new Float64Array(ROW_HEAD + setup.observationLength);
  row[1] = 1;
  child.stdin.end(frameBytes(FRAME.turn, numbersToBytes(row)));
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("answers a frame it does not know with a fault", async () => {
  const child = start();
  await nextFrame(child);
  child.stdin.write(frameBytes(99));
  const frame = await nextFrame(child);
  expect([frame?.kind, frame?.payload.toString()]).toEqual([FRAME.fault, "frame of kind 99"]);
});
