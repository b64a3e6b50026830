import { verifyAuditChain } from "@assay/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDesk, type Desk } from "../testing/desk.ts";
import { runQueue } from "../testing/queue-run.ts";
import { createWorld, type World } from "../testing/world.ts";

const minutes = Number(process.env.ASSAY_LONG_MINUTES ?? 1);
const MINUTE_MS = 60_000;
const BATCH = 10;

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

test("queues obey their model for as long as asked", { timeout: (minutes + 3) * MINUTE_MS }, async () => {
  const first = Number(process.env.ASSAY_LONG_SEED ?? Date.now() % 2 ** 31);
  console.info(`seeds from ${first} (ASSAY_LONG_SEED repeats them)`);
  const end = Date.now() + minutes * MINUTE_MS;
  const total = new Map<string, number>();
  for (let seed = first; Date.now() < end; seed += 1) {
    const tally = await runQueue({ world, desk }, { seed, numRuns: BATCH, maxCommands: 60 });
    for (const [what, count] of tally) total.set(what, (total.get(what) ?? 0) + count);
  }
  console.info([...total].map(([what, count]) => `${what}: ${count}`).join(", "));
  expect(total.get("approve: done")).toBeGreaterThan(0);
  expect(await verifyAuditChain(world.db, desk.backend.netuid)).toMatchObject({ brokenAt: null });
});
