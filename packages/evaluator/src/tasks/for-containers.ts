import type { Json } from "@assay/core";
import type { Task } from "../task.ts";

/** A task by name and version, and how it is made of a configuration. */
export type BuiltIn = {
  readonly name: string;
  readonly version: string;
  readonly make: (config: { [key: string]: Json }) => Task;
};

const ENDING = "-container";

/** The same simulation for agents that are containers: a name of its own, so that a job says what its agents are. */
export function forContainers({ name, version, make }: BuiltIn): BuiltIn {
  const named = `${name}${ENDING}`;
  const makeNamed = (config: { [key: string]: Json }): Task => {
    const task = make(config);
    return { ...task, agents: "container", spec: { ...task.spec, name: named } };
  };
  return { name: named, version, make: makeNamed };
}

/** The name of a task's simulation, whatever its agents are. */
export function simulationOf(task: string): string {
  return task.endsWith(ENDING) ? task.slice(0, -ENDING.length) : task;
}
