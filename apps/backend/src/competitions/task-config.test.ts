import { createHash } from "node:crypto";
import { canonicalJson, InvertedPendulumConfig, WaypointNavigationConfig } from "@assay/core";
import { expect, test } from "vitest";
import { assertOneTask } from "./task-config.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function about(task: string, config: object) {
  const configHash = sha256(canonicalJson({ ...config }));
  return { task, taskConfig: {}, evaluator: { task, version: "1", configHash, codeHash: sha256("code") } };
}

test.each([
  ["waypoint-navigation", WaypointNavigationConfig.parse({})],
  ["inverted-pendulum", InvertedPendulumConfig.parse({})],
])("%s, for modules and for containers, is known with its defaults", (task, config) => {
  for (const name of [task, `${task}-container`]) {
    expect(() => assertOneTask(about(name, config))).not.toThrow();
    expect(() => assertOneTask(about(name, { ...config, maxSteps: 7 }))).toThrow(/hashes to/);
  }
});

test("a task for containers is another one than that for modules", () => {
  const { evaluator } = about("waypoint-navigation-container", WaypointNavigationConfig.parse({}));
  const mixed = { ...about("waypoint-navigation", {}), evaluator };
  expect(() => assertOneTask(mixed)).toThrow(/the evaluator runs waypoint-navigation-container/);
});
