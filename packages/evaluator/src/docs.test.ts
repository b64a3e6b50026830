import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WaypointNavigationConfig } from "@assay/core";
import { expect, test, vi } from "vitest";
import { AGENT_ABI } from "./agent-abi.ts";
import { createEvaluator, DEFAULT_LIMITS } from "./evaluator.ts";
import { AGENT_FAILURE_CODES } from "./failure.ts";
import { WAYPOINT_OBSERVATION } from "./tasks/waypoint-navigation.ts";
import { straight } from "./testing/agents.ts";
import { playInProcess } from "./testing/in-process.ts";
import { seedsNamed } from "./testing/seeds.ts";

vi.setConfig({ testTimeout: 60_000 });

const page = readFileSync(join(import.meta.dirname, "../../../docs/agents.md"), "utf8");

test("the example of docs/agents.md is an agent", async () => {
  const script = /```js\n(.*?)```/s.exec(page)?.[1] ?? "";
  const folder = mkdtempSync(join(tmpdir(), "assay-agent-"));
  try {
    execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder });
    const artefact = readFileSync(join(folder, "agent.wasm"));
    const evaluator = createEvaluator();
    const seeds = seedsNamed("docs", 20);
    const episodes = await playInProcess(straight, { task: evaluator.task, seeds });
    expect(await evaluator.evaluate({ artefact, seeds })).toEqual({ ok: true, episodes });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("docs/agents.md states the limits that hold", () => {
  for (const limit of [...Object.values(AGENT_ABI), ...Object.values(DEFAULT_LIMITS)])
    expect(page).toContain(limit.toLocaleString("en"));
  for (const code of AGENT_FAILURE_CODES) expect(page).toContain(`\`${code}\``);
});

test("docs/agents.md states the task's settings and defaults", () => {
  const { obstacleRadiusMin, obstacleRadiusMax, ...others } = WaypointNavigationConfig.parse({});
  const radii = `${obstacleRadiusMin}, ${obstacleRadiusMax}`;
  expect(page).toContain(`| \`obstacleRadiusMin\`, \`obstacleRadiusMax\` | ${radii} |`);
  for (const [name, value] of Object.entries(others)) expect(page).toContain(`| \`${name}\` | ${value} |`);
});

test("docs/agents.md places the numbers of an observation where they are", () => {
  const rows = [
    [WAYPOINT_OBSERVATION.velocityX, "velocity"],
    [WAYPOINT_OBSERVATION.targetX, "vector to the next waypoint"],
    [WAYPOINT_OBSERVATION.waypointsLeft, "waypoints left"],
    [WAYPOINT_OBSERVATION.stepsLeft, "steps left"],
    [WAYPOINT_OBSERVATION.worldSize, "side of the world"],
    [WAYPOINT_OBSERVATION.speed, "full speed"],
    [WAYPOINT_OBSERVATION.obstacleCount, "number of obstacles"],
    [WAYPOINT_OBSERVATION.obstacles, "the i-th nearest obstacle"],
  ] as const;
  for (const [index, meaning] of rows) expect(page).toMatch(new RegExp(`\\| ${index}[^|]*\\| ${meaning}`));
});
