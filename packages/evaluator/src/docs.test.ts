import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvertedPendulumConfig, WaypointNavigationConfig } from "@assay/core";
import { expect, test, vi } from "vitest";
import { AGENT_ABI } from "./agent-abi.ts";
import { DEFAULT_LIMITS } from "./evaluator.ts";
import { AGENT_FAILURE_CODES } from "./failure.ts";
import { PENDULUM_OBSERVATION } from "./tasks/inverted-pendulum.ts";
import { WAYPOINT_OBSERVATION, waypointNavigation } from "./tasks/waypoint-navigation.ts";
import { straight } from "./test/agents.ts";
import { playInProcess } from "./test/in-process.ts";
import { seedsNamed } from "./test/seeds.ts";

vi.setConfig({ testTimeout: 60_000 });

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const page = readFileSync(join(import.meta.dirname, "../../../docs/agents.md"), "utf8");

/** Runs the first script of a page; a file it names is looked for in `folder`. */
function runExample(text: string, folder: string): string {
  const script = (/```js\n(.*?)```/s.exec(text)?.[1] ?? "").replaceAll(
    '"agent.wasm"',
    JSON.stringify(join(folder, "agent.wasm")),
  );
  const cwd = join(import.meta.dirname, "..");
  return execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd, encoding: "utf8" });
}

test("the example for miners writes an agent, and the example for developers evaluates it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-agent-"));
  try {
    runExample(page, folder);
    const artefact = readFileSync(join(folder, "agent.wasm"));
    const seeds = seedsNamed("docs", 20);
    const episodes = await playInProcess(straight, { task: waypointNavigation(), seeds });
    expect(await playInProcess(artefact, { task: waypointNavigation(), seeds })).toEqual(episodes);
    expect(runExample(readme, folder).match(/success: (true|false)/g)).toHaveLength(3);
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

test("docs/agents.md states the pendulum's settings, defaults and observation", () => {
  const { poleCentimetresMin, poleCentimetresMax, ...others } = InvertedPendulumConfig.parse({});
  const lengths = `${poleCentimetresMin}, ${poleCentimetresMax}`;
  expect(page).toContain(`| \`poleCentimetresMin\`, \`poleCentimetresMax\` | ${lengths} |`);
  for (const [name, value] of Object.entries(others)) expect(page).toContain(`| \`${name}\` | ${value} |`);
  const rows = [
    [PENDULUM_OBSERVATION.position, "position"],
    [PENDULUM_OBSERVATION.tiltSine, "sine and cosine"],
    [PENDULUM_OBSERVATION.turnRate, "turn rate"],
    [PENDULUM_OBSERVATION.motorForce, "force of the motor"],
    [PENDULUM_OBSERVATION.stepsLeft, "steps left"],
    [PENDULUM_OBSERVATION.halfTrack, "half track"],
    [PENDULUM_OBSERVATION.fullForce, "full force"],
    [PENDULUM_OBSERVATION.poleLength, "length of the pole"],
  ] as const;
  for (const [index, meaning] of rows) expect(page).toMatch(new RegExp(`\\| ${index}[^|]*\\| ${meaning}`));
});
