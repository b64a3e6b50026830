import { verifyAuditChain } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk } from "../testing/desk.ts";
import { runQueue } from "../testing/queue-run.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let desk: Desk;
beforeAll(async () => {
  world = await createWorld();
  desk = await createDesk(world);
});
afterAll(async () => {
  await desk.close();
  await world.close();
});

test("whatever happens to a queue, only approved leaders are paid and every change is written down once", {
  timeout: 120_000,
}, async () => {
  const tally = await runQueue({ world, desk }, { seed: 7, numRuns: 10, maxCommands: 40 });
  const reached = ["approve: done", "revoke: done", "at once", "crashed", "leader banned"];
  expect(reached.filter((what) => !tally.has(what))).toEqual([]);
  expect(await verifyAuditChain(world.db, desk.backend.netuid)).toMatchObject({ brokenAt: null });
});
