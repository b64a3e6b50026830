import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { entries } from "../entries.ts";
import { FRAME, type Frame, FrameReader, frameBytes } from "./frames.ts";

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

test("answers a frame it does not know with a fault", async () => {
  const child = start();
  await nextFrame(child);
  child.stdin.write(frameBytes(99));
  const frame = await nextFrame(child);
  expect([frame?.kind, frame?.payload.toString()]).toEqual([FRAME.fault, "frame of kind 99"]);
});
