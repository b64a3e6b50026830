import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { MUTE_AGENT, STILL_AGENT } from "../testing/agents.ts";
import { assay } from "../testing/assay.ts";

vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "assay-agents-"));
const still = join(folder, "still.wasm");
const mute = join(folder, "mute.wasm");
const text = join(folder, "text.wasm");
const image = join(folder, "image.tar");
const key = join(folder, "hotkey");
const COMPETITION = "competition_019a0000-0000-7000-8000-000000000000";

beforeAll(() => {
  writeFileSync(still, STILL_AGENT);
  writeFileSync(mute, MUTE_AGENT);
  writeFileSync(join(folder, "agent"), "#!/bin/sh");
  execFileSync("tar", ["--format=ustar", "--mode=755", "-cf", image, "-C", folder, "agent"]);
  writeFileSync(text, "(module)");
  writeFileSync(key, "//Eve//hotkey", { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("try runs an agent, and its seed repeats the trial", async () => {
  const args = ["try", still, "--episodes", "3", "--seed", "again"];
  const { code, results } = await assay(...args, "--json");
  expect([code, JSON.parse(results.join(""))]).toMatchObject([
    0,
    { task: "waypoint-navigation", episodes: 3, successRate: 0, seed: "again" },
  ]);
  expect((await assay(...args, "--json")).results).toEqual(results);
  expect((await assay(...args)).results.join("")).toMatch(
    /success 0\.0 ± 0\.0 % of 3 episodes.*--seed again/,
  );
});

test("what validators would refuse unread is refused here, unsent", async () => {
  expect(await assay("try", text)).toMatchObject({
    code: 1,
    notes: expect.stringMatching(/EVALUATOR_AGENT_REFUSED.*neither a WebAssembly module nor an image/),
  });
  const url = ["--url", "http://127.0.0.1:9", "--hotkey-file", key];
  const { code, notes } = await assay("submit", text, "--competition", COMPETITION, ...url);
  expect([code, notes]).toEqual([1, expect.stringContaining("EVALUATOR_AGENT")]);
});

test("an agent that fails as a whole says why", async () => {
  const { code, notes } = await assay("try", mute, "--episodes", "3");
  expect([code, notes]).toEqual([
    1,
    expect.stringMatching(/CLI_AGENT_FAILED.*EVALUATOR_AGENT_INVALID_ACTION/),
  ]);
});

test.each([
  [
    "a module for a task of containers",
    ["try", still, "--task", "waypoint-navigation-container"],
    2,
    "it is one for waypoint-navigation",
  ],
  ["an image for a task of modules", ["try", image], 2, "it is one for waypoint-navigation-container"],
  ["no such task", ["try", still, "--task", "chess"], 2, "waypoint-navigation"],
  ["no such file", ["try", join(folder, "none.wasm")], 1, "CLI_FILE_UNREADABLE"],
  ["no competition", ["submit", still], 2, "--competition"],
  ["no episodes", ["try", still, "--episodes", "0"], 2, "1 to 10000"],
])("%s is refused with advice", async (_name, args, expected, advice) => {
  const { code, notes } = await assay(...args);
  expect([code, notes]).toEqual([expected, expect.stringContaining(advice)]);
});

test("submit needs a hotkey before it needs a backend", async () => {
  const args = [
    "submit",
    still,
    "--competition",
    COMPETITION,
    "--wallet.path",
    folder,
    "--wallet.name",
    "nobody",
  ];
  const { code, notes } = await assay(...args);
  expect([code, notes]).toEqual([78, expect.stringContaining(join(folder, "nobody/hotkeys/default"))]);
});
