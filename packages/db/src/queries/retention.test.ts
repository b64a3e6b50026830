import { sql } from "kysely";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  beginClearing,
  type CycleRow,
  clearTexts,
  decideCandidate,
  finishCycle,
  getCycle,
  insertCandidate,
  insertEquivocation,
  insertResult,
  type JobRow,
  listClearableCycles,
  listClearingCycles,
  listResultsOfCycle,
  type NewResult,
  type SubmissionRow,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, newCandidate, someHash, someJobs, someKey } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const RESULTS = 1_200;
const DONE = at(100);
const LATER = at(1_000);

let cycle: CycleRow;
let submission: SubmissionRow;
let job: JobRow;

beforeEach(async () => {
  const made = await someJobs(db, [someKey("hotkey")]);
  const [first] = made.jobs;
  if (first === undefined) throw new Error("no job");
  ({ cycle, submission } = made);
  job = first;
});

function resultOf(attempt: number): NewResult {
  const { netuid, id: jobId, cycleId, competitionId, submissionId, validator } = job;
  const key = { netuid, cycleId, jobId, validator, attempt, competitionId, submissionId };
  const text = { body: `{"attempt":${attempt}}`, bodySha256: someHash(), signature: "0x00" };
  const figures = { episodes: 4, successes: 3, meanReward: 0.5, failureCode: null };
  return { ...key, ...text, ...figures, receivedAt: at(30) };
}

async function store(count: number): Promise<NewResult[]> {
  const results = Array.from({ length: count }, (_, index) => resultOf(index + 1));
  await inside(db, async (trx) => {
    for (const result of results) await insertResult(trx, result);
  });
  return results;
}

const finish = () => inside(db, (trx) => finishCycle(trx, { id: cycle.id, doneAt: DONE, doneAtBlock: 20 }));
const begin = (before = LATER) =>
  inside(db, (trx) => beginClearing(trx, { id: cycle.id, before, at: LATER }));
const clear = (limit: number) => inside(db, (trx) => clearTexts(trx, { cycleId: cycle.id, limit }));
const isClearable = async (before = LATER) =>
  (await listClearableCycles(db, { netuid: 1, before, limit: 1_000 })).some(({ id }) => id === cycle.id);

test("texts go in batches, everything else of a result stays", async () => {
  const results = await store(RESULTS);
  await finish();
  expect(await begin()).toMatchObject({ texts: RESULTS, cycle: { resultTexts: "clearing" } });
  expect((await listClearingCycles(db, 1)).map(({ id }) => id)).toContain(cycle.id);
  const batches = [await clear(500), await clear(500), await clear(500)];
  expect(batches).toEqual([500, 500, 200]);
  expect(await getCycle(db, cycle.id)).toMatchObject({ resultTexts: "cleared", textsClearedAt: LATER });
  expect((await listClearingCycles(db, 1)).map(({ id }) => id)).not.toContain(cycle.id);
  const expected = results.map((result) => ({ ...result, body: null }));
  expect(await listResultsOfCycle(db, cycle.id)).toEqual(expected);
});

test("a result that is sent again after its text went is the same result", async () => {
  const [first = resultOf(1)] = await store(1);
  await finish();
  await begin();
  await clear(10);
  const again = await inside(db, (trx) => insertResult(trx, first));
  expect(again).toEqual({ outcome: "repeated", result: { ...first, body: null } });
});

test("a cycle that runs, that ended lately, or that has somebody in the queue keeps its texts", async () => {
  await store(1);
  expect([await isClearable(), await begin()]).toEqual([false, undefined]);
  await finish();
  const tooEarly = new Date(DONE.getTime() - 1);
  expect([await isClearable(tooEarly), await begin(tooEarly)]).toEqual([false, undefined]);
  expect(await isClearable(DONE)).toBe(true);
  const candidate = await inside(db, (trx) => insertCandidate(trx, newCandidate(submission)));
  expect([await isClearable(), await begin()]).toEqual([false, undefined]);
  const decision = {
    id: candidate.id,
    action: "reject",
    by: "ada",
    keyId: "key",
    reason: "no",
    at: at(200),
  } as const;
  await inside(db, (trx) => decideCandidate(trx, decision));
  expect(await begin()).toMatchObject({ texts: 1 });
  expect([await isClearable(), await begin()]).toEqual([false, undefined]);
});

test("both texts of a validator that signed two under one attempt stay as proof", async () => {
  const [first = resultOf(1)] = await store(2);
  const { netuid, cycleId, jobId, validator, attempt, bodySha256: recordedSha256, signature } = first;
  const key = { netuid, cycleId, jobId, validator, attempt };
  const proof = { ...key, recordedSha256, bodySha256: someHash(), body: "{}", signature, receivedAt: at(40) };
  await inside(db, (trx) => insertEquivocation(trx, proof));
  await finish();
  expect(await begin()).toMatchObject({ texts: 1 });
  expect(await clear(10)).toBe(1);
  expect((await listResultsOfCycle(db, cycle.id)).map(({ body }) => body)).toEqual([first.body, null]);
  expect(await getCycle(db, cycle.id)).toMatchObject({ resultTexts: "cleared" });
});

test("the table lets a text go only while its cycle says so, and lets nothing else change with it", async () => {
  await store(2);
  const of = sql`where cycle_id = ${cycle.id} and attempt = 1`;
  const refused = async (change: ReturnType<typeof sql>) =>
    expect(change.execute(db)).rejects.toThrow(/append-only/);
  await refused(sql`update results set body = null ${of}`);
  await finish();
  await refused(sql`update results set body = null ${of}`);
  await begin();
  await refused(sql`update results set body = null, successes = 4 ${of}`);
  await refused(sql`update results set body = null, signature = '0x01' ${of}`);
  await refused(sql`update results set body = 'x' ${of}`);
  await refused(sql`delete from results ${of}`);
  await sql`update results set body = null ${of}`.execute(db);
  await refused(sql`update results set body = 'x' ${of}`);
});

test("a cycle that is not done cannot begin to lose texts", async () => {
  const values = { resultTexts: "clearing", textsClearedAt: LATER } as const;
  const early = db.updateTable("cycles").set(values).where("id", "=", cycle.id).execute();
  await expect(early).rejects.toThrow(/cycle_keeps_texts_until_done/);
});
