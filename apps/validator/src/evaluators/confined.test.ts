import type { Confinement, EngineReport } from "@assay/evaluator";
import { expect, test } from "vitest";
import { Confined } from "./confined.ts";

const setup = { command: ["podman"], environment: {} } as const;
const network: Confinement = { name: "network", holds: true, says: "none" };
const memory = (holds: boolean | null): Confinement => ({ name: "memory", holds, says: "without limit" });

/** An engine that is examined again and again, each time with the next outcome. */
function examined(...outcomes: (Confinement | Error)[]) {
  let count = 0;
  const examine = async (): Promise<EngineReport> => {
    const outcome = outcomes[count++];
    if (outcome instanceof Error) throw outcome;
    return { engine: "podman 4", hasOwnUsers: true, confinements: outcome ? [network, outcome] : [network] };
  };
  return { confined: new Confined(examine), count: () => count };
}

test("an engine that confines shows it once", async () => {
  const { confined, count } = examined(memory(true));
  await confined.assert(setup);
  await confined.assert(setup);
  expect(count()).toBe(1);
});

test("an engine that does not confine runs nothing, until it does", async () => {
  const { confined, count } = examined(memory(false), memory(false), memory(true));
  for (let asked = 0; asked < 2; asked++)
    await expect(confined.assert(setup)).rejects.toMatchObject({
      code: "VALIDATOR_CONTAINERS_UNCONFINED",
      facts: { engine: "podman 4", broken: ["memory without limit"] },
    });
  await confined.assert(setup);
  expect(count()).toBe(3);
});

test("an engine that fails has shown nothing", async () => {
  const { confined, count } = examined(new Error("no runtime"), memory(true));
  await expect(confined.assert(setup)).rejects.toThrow("no runtime");
  await confined.assert(setup);
  expect(count()).toBe(2);
});

test("what cannot be told passes, and no engine is asked where there is none", async () => {
  const { confined, count } = examined(memory(null));
  await confined.assert(undefined);
  expect(count()).toBe(0);
  await confined.assert(setup);
  expect(count()).toBe(1);
});
