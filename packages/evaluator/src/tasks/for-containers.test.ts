import { expect, test } from "vitest";
import { builtInTasks, taskFor } from "./built-in.ts";
import { simulationOf } from "./for-containers.ts";

test("every simulation is a task for modules and one for containers, which differ in name only", () => {
  const names = builtInTasks.map(({ name }) => name);
  const simulations = names.filter((name) => simulationOf(name) === name);
  expect(names).toEqual([...simulations, ...simulations.map((name) => `${name}-container`)]);
  for (const name of simulations) {
    const [task, contained] = [name, `${name}-container`].map((task) => taskFor({ task, version: "1" }));
    const { name: _, ...spec } = task?.spec ?? {};
    expect(contained).toMatchObject({ agents: "container", spec: { ...spec, name: `${name}-container` } });
    expect(task?.agents).toBeUndefined();
  }
});

test("the same seed and actions give the same episode in both", () => {
  const seed = "ab".repeat(32);
  const [first, second] = ["inverted-pendulum", "inverted-pendulum-container"].map((task) => {
    const simulation = taskFor({ task, version: "1" }).start(seed);
    for (;;) {
      const result = simulation.step(Float64Array.of(0.25));
      if (result !== undefined) return result;
    }
  });
  expect(first).toEqual(second);
});
