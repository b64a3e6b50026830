import { expect, test } from "vitest";
import { builtInTasks, taskFor } from "./built-in.ts";

test("a job's task is found by name and version, with its configuration", () => {
  const task = taskFor({ task: "waypoint-navigation", version: "1" }, { obstacles: 3 });
  expect(task.spec.config).toMatchObject({ obstacles: 3, worldSize: 100 });
});

test("an empty configuration and the written-out defaults are the same task", () => {
  const task = taskFor({ task: "waypoint-navigation", version: "1" });
  expect(taskFor({ task: "waypoint-navigation", version: "1" }, task.spec.config).spec).toEqual(task.spec);
});

test.each([
  { task: "waypoint-navigation", version: "2" },
  { task: "chess", version: "1" },
])("$task of version $version is refused", (named) => {
  expect(() => taskFor(named)).toThrow(
    expect.objectContaining({ code: "EVALUATOR_TASK_UNKNOWN", facts: named }),
  );
});

test("every built-in task is what its entry says", () => {
  for (const { name, version, make } of builtInTasks) expect(make({}).spec).toMatchObject({ name, version });
});
