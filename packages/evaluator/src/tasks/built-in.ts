import type { Json } from "@assay/core";
import { EvaluatorError } from "../errors.ts";
import type { Task } from "../task.ts";
import { type BuiltIn, forContainers } from "./for-containers.ts";
import { INVERTED_PENDULUM, invertedPendulum } from "./inverted-pendulum.ts";
import { WAYPOINT_NAVIGATION, waypointNavigation } from "./waypoint-navigation.ts";

/** A new simulation is a file and a line here. */
const simulations: readonly BuiltIn[] = [
  { ...WAYPOINT_NAVIGATION, make: waypointNavigation },
  { ...INVERTED_PENDULUM, make: invertedPendulum },
];

/** Every task the evaluator ships, first for modules, then for containers. */
export const builtInTasks: readonly BuiltIn[] = [...simulations, ...simulations.map(forContainers)];

/** The built-in task a job names, with its configuration; refuses an unknown name or version. */
export function taskFor(
  named: { task: string; version: string },
  config: { [key: string]: Json } = {},
): Task {
  const found = builtInTasks.find(({ name, version }) => name === named.task && version === named.version);
  if (found === undefined)
    throw new EvaluatorError({
      code: "EVALUATOR_TASK_UNKNOWN",
      task: named.task,
      version: named.version,
    });
  return found.make(config);
}

/** The newest version of a built-in task; refuses an unknown name. */
export function builtInTask(task: string, config: { [key: string]: Json } = {}): Task {
  const { version } = builtInTasks.findLast(({ name }) => name === task) ?? { version: "any" };
  return taskFor({ task, version }, config);
}
