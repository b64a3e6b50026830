import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MINER_MAIN } from "./entries.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "assay-miner-"));
  writeFileSync(join(folder, "hotkey"), "//Miner", { mode: 0o600 });
});

afterAll(() => rmSync(folder, { recursive: true }));

type Ended = { code: number; stdout: string; stderr: string };

/** Runs the app as a miner does; nothing listens where it is told the backend is. */
function run(args: string[]): Promise<Ended> {
  const env = {
    PATH: process.env["PATH"],
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    ASSAY_BACKEND_URL: "http://127.0.0.1:9",
    ASSAY_NETUID: "1",
    ASSAY_HOTKEY_FILE: join(folder, "hotkey"),
    ASSAY_HOME: folder,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [MINER_MAIN.pathname, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

test("wrong settings are told at once, with their exit code", async () => {
  const { code, stdout, stderr } = await run(["--netuid", "x"]);
  expect([code, stdout]).toEqual([78, ""]);
  expect(stderr).toMatch(/ASSAY_NETUID[\s\S]*give either --agent or --file/);
}, 60_000);

test("an unreachable backend is a failure that can be tried again", async () => {
  const { code, stdout, stderr } = await run(["--agent", "random"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(JSON.parse(stderr)).toMatchObject({ level: 50, code: "CLIENT_UNREACHABLE" });
}, 60_000);

test("a file that is no agent is refused before anything is sent", async () => {
  const { code, stderr } = await run(["--file", join(folder, "hotkey")]);
  expect(code).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({ code: "EVALUATOR_AGENT_REFUSED" });
}, 60_000);
