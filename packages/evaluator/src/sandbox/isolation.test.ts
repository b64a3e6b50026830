import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { AGENT_ABI } from "../agent-abi.ts";
import { setupOf } from "../evaluate.ts";
import { inspectAgent } from "../inspect/inspect.ts";
import { waypointNavigation } from "../tasks/waypoint-navigation.ts";
import { straight } from "../test/agents.ts";
import { agentProcesses, environmentOf, hasProc } from "../test/processes.ts";
import { Sandbox } from "./sandbox.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "assay-key-"));
const keyFile = join(folder, "hotkey");
const SECRET = "no agent may read this";
let sandbox: Sandbox;
let pid = 0;
let keyDescriptor = 0;

/** The grader's process holds an open key file and a secret in its environment while the agent's process starts. */
beforeAll(async () => {
  writeFileSync(keyFile, SECRET);
  keyDescriptor = openSync(keyFile, "r");
  vi.stubEnv("ASSAY_TEST_SECRET", SECRET);
  if (!hasProc) return;
  const before = agentProcesses();
  sandbox = new Sandbox({ stallMs: 100_000, signal: new AbortController().signal });
  const limits = { turnMs: 60_000, totalMs: 120_000, processBytes: AGENT_ABI.maxProcessBytes };
  await sandbox.load({
    artefact: straight,
    setup: setupOf(waypointNavigation(), inspectAgent(straight)),
    limits,
  });
  pid = agentProcesses().find((id) => !before.includes(id)) ?? 0;
});

afterAll(async () => {
  if (hasProc) await sandbox.stop();
  vi.unstubAllEnvs();
  closeSync(keyDescriptor);
  rmSync(folder, { recursive: true });
});

test.skipIf(!hasProc)("the agent's process has no environment and stands in no folder of ours", () => {
  expect(pid).toBeGreaterThan(0);
  expect(environmentOf(pid)).toBe("");
  expect(readlinkSync(`/proc/${pid}/cwd`)).toBe("/");
});

test.skipIf(!hasProc)("it inherits three pipes and no open file", () => {
  const descriptors = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  expect(linkOf(`/proc/self/fd/${keyDescriptor}`)).toEqual([keyFile]);
  expect(descriptors).not.toContain(keyFile);
  const files = descriptors.filter((target) => target.startsWith("/") && !target.startsWith("/dev/"));
  expect(files).toEqual([]);
});

/** A descriptor may be gone between the listing and the look at it. */
function linkOf(path: string): string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}

/** Runs a line of code under exactly the flags the agent's process runs under. */
function asAgentProcess(code: string): string {
  const [program = "", ...args] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean);
  const flags = args.slice(0, -1);
  const options = { env: {}, encoding: "utf8" as const };
  const { stdout, stderr } = spawnSync(program, [...flags, "--eval", code], options);
  return stdout + stderr;
}

test.skipIf(!hasProc)(
  "even code that escaped WebAssembly could read no key, start nothing and write nothing",
  () => {
    const key = JSON.stringify(keyFile);
    expect(asAgentProcess("console.log('runs')")).toContain("runs");
    const attempts = [
      `console.log(require("node:fs").readFileSync(${key}, "utf8"))`,
      `require("node:fs").writeFileSync(${key}, "")`,
      `require("node:child_process").execFileSync("/bin/cat", [${key}], { stdio: "inherit" })`,
    ];
    for (const attempt of attempts) {
      const said = asAgentProcess(attempt);
      expect(said).toContain("ERR_ACCESS_DENIED");
      expect(said).not.toContain(SECRET);
    }
    expect(readFileSync(keyFile, "utf8")).toBe(SECRET);
  },
);
