import { claimDuty, ensureDuty, openDatabase } from "@assay/db";
import { testDatabase } from "@assay/db/test";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import { START_MS } from "../testing/world.ts";
import { createMetrics } from "./metrics.ts";
import { watchQueues } from "./queues.ts";

const { db, close } = await testDatabase();
afterAll(close);

const clock = { now: () => START_MS };
const log = pino({ level: "silent" });

function watched(netuid: number, database = db) {
  const metrics = createMetrics();
  const queues = watchQueues({ db: database, netuid, clock, log, metrics });
  const lines = async () => (await metrics.registry.metrics()).split("\n");
  const told = async (name: string) => (await lines()).filter((line) => line.startsWith(name));
  return { metrics, look: () => queues.look(), told };
}

test("nothing is told before the first look", async () => {
  const { look, told } = watched(1);
  expect(await told("assay_backend_pending_candidates")).toEqual([]);
  await look();
  expect(await told("assay_backend_pending_candidates")).toEqual(["assay_backend_pending_candidates 0"]);
  expect(await told("assay_backend_overdue_candidates")).toEqual(["assay_backend_overdue_candidates 0"]);
});

test("a duty is late when it is due and nobody has it", async () => {
  const netuid = 2;
  await ensureDuty(db, { netuid, name: "left", dueAt: new Date(START_MS - 90_000) });
  await ensureDuty(db, { netuid, name: "later", dueAt: new Date(START_MS + 90_000) });
  await ensureDuty(db, { netuid, name: "held", dueAt: new Date(START_MS - 90_000) });
  const now = new Date(START_MS - 10_000);
  await claimDuty(db, { netuid, name: "held", now, leasedUntil: new Date(START_MS + 1) });
  const { look, told } = watched(netuid);
  await look();
  expect(await told("assay_backend_duty_late_seconds{")).toEqual(
    [
      'assay_backend_duty_late_seconds{duty="held"} 0',
      'assay_backend_duty_late_seconds{duty="later"} 0',
      'assay_backend_duty_late_seconds{duty="left"} 90',
    ].toSorted(),
  );
});

test("what the database does not answer is not told as it was", async () => {
  const nowhere = openDatabase("postgresql://nobody@127.0.0.1:1/none");
  const { metrics, look, told } = watched(1, nowhere);
  metrics.pendingCandidates.set(3);
  metrics.dutyLate.set({ duty: "scoring" }, 0);
  await look();
  expect(await told("assay_backend_pending_candidates")).toEqual([]);
  expect(await told("assay_backend_duty_late_seconds{")).toEqual([]);
  await nowhere.destroy();
});
