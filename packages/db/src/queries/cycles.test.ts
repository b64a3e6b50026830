import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import {
  closeCycle,
  findJob,
  finishCycle,
  getCycle,
  listCycles,
  listCyclesByStatus,
  openCycle,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someCompetition, someCycle, someHash, someJobs, someKey } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const closing = (id: string) => ({
  id,
  closedAt: at(5),
  closedAtBlock: 10,
  randomness: someHash(),
  leaderSubmissionId: null,
  roster: [{ hotkey: "h", coldkey: "c", stakeRao: "18446744073709551615" }],
});

test("ten openers of one competition's cycle leave one", async () => {
  const competitionId = await someCompetition(db);
  const secret = { secret: someHash(), secretHash: someHash() };
  const values = {
    netuid: 1,
    competitionId,
    thresholdsVersion: 1,
    ...secret,
    openedAt: at(0),
    openedAtBlock: 1,
  };
  const opened = await Promise.all(
    Array.from({ length: 10 }, () => inside(db, (trx) => openCycle(trx, values))),
  );
  expect(opened.filter((cycle) => cycle !== undefined)).toHaveLength(1);
});

test("a cycle closes once and then another may open", async () => {
  const competitionId = await someCompetition(db);
  const { id } = await someCycle(db, competitionId);
  const closed = await inside(db, (trx) => closeCycle(trx, closing(id)));
  expect(closed).toMatchObject({ status: "running", roster: [{ stakeRao: "18446744073709551615" }] });
  expect(await inside(db, (trx) => closeCycle(trx, closing(id)))).toBeUndefined();
  const next = await someCycle(db, competitionId);
  expect((await listCycles(db, { competitionId, limit: 10 })).items.map((cycle) => cycle.id)).toEqual([
    next.id,
    id,
  ]);
});

test("a finished cycle cancels the jobs that are left", async () => {
  const { cycle, jobs } = await someJobs(db, [someKey("hotkey")]);
  const done = { id: cycle.id, doneAt: at(9), doneAtBlock: 20 };
  expect(await inside(db, (trx) => finishCycle(trx, done))).toMatchObject({ status: "done" });
  expect(await inside(db, (trx) => finishCycle(trx, done))).toBeUndefined();
  expect(await findJob(db, jobs[0]?.id ?? "")).toMatchObject({ status: "cancelled", finishedAt: at(9) });
});

test("a cycle cannot be running without what it is judged with", async () => {
  const { id } = await someCycle(db, await someCompetition(db));
  const half = db.updateTable("cycles").set({ status: "running" }).where("id", "=", id).execute();
  await expect(half.catch((error: unknown) => violatedConstraint(error))).resolves.toMatch(/^cycles_check/);
});

test("lists the cycles of a subnet in one status", async () => {
  const { cycle } = await someJobs(db, []);
  const running = await listCyclesByStatus(db, { netuid: 1, status: "running" });
  expect(running.map(({ id }) => id)).toContain(cycle.id);
  expect(await listCyclesByStatus(db, { netuid: 2, status: "running" })).toEqual([]);
});

test("an unknown cycle is not found", async () => {
  await expect(getCycle(db, "cycle_x")).rejects.toMatchObject({ code: "DB_NOT_FOUND" });
});

test.each([
  ["2026-01-01T00:00:00.000Z", "results_2026_01"],
  ["2026-12-31T23:59:59.999Z", "results_2026_12"],
  ["2027-02-28T12:00:00.000Z", "results_2027_02"],
])("the results of a cycle of %s lie in %s", async (time, partition) => {
  const hex = Date.parse(time).toString(16).padStart(12, "0");
  const cycle = `cycle_${hex.slice(0, 8)}-${hex.slice(8)}-7abc-8abc-0123456789ab`;
  const ensure = sql<{ partition: string }>`select ensure_results_partition(${cycle}) as partition`;
  const made = await Promise.all([ensure.execute(db), ensure.execute(db), ensure.execute(db)]);
  expect(made.map(({ rows }) => rows[0]?.partition)).toEqual([partition, partition, partition]);
});
