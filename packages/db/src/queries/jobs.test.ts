import { afterAll, expect, test } from "vitest";
import {
  claimJob,
  completeJob,
  countUnfinishedJobs,
  failJob,
  getJob,
  heartbeatJob,
  insertJobs,
  listJobsOfCycle,
  listJobsOn,
  releaseJob,
  reopenFailedJobs,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someJobs, someKey } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const claim = (validator: string, seconds: number, key?: string) =>
  claimJob(db, { netuid: 1, validator, now: at(seconds), leasedUntil: at(seconds + 60), key });

/** A job that its validator has leased at second 100 until second 160. */
async function leasedJob() {
  const validator = someKey("hotkey");
  const { cycle, jobs } = await someJobs(db, [validator]);
  const job = await claim(validator, 100);
  if (job === undefined || jobs[0] === undefined) throw new Error("no job to claim");
  return { validator, cycle, job, lease: { id: job.id, validator, attempt: job.attempt } };
}

test("a job goes to its validator only, with the attempt counted", async () => {
  const { job, validator } = await leasedJob();
  expect(job).toMatchObject({ validator, status: "leased", attempt: 1, leasedUntil: at(160) });
  expect(job.stakeRao).toBe(10n ** 18n);
  expect(await claim(someKey("hotkey"), 100)).toBeUndefined();
});

test("ten claims of one job at once have one winner", async () => {
  const validator = someKey("hotkey");
  await someJobs(db, [validator]);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claim(validator, 100)));
  expect(claims.filter((job) => job !== undefined)).toHaveLength(1);
});

test("ten claims of five jobs get five different ones", async () => {
  const validator = someKey("hotkey");
  for (let count = 0; count < 5; count++) await someJobs(db, [validator]);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claim(validator, 100)));
  const got = claims.flatMap((job) => (job === undefined ? [] : [job.id]));
  expect(got).toHaveLength(5);
  expect(new Set(got).size).toBe(5);
});

test("a claim that is repeated under its key gets the same lease, prolonged, and no second job", async () => {
  const validator = someKey("hotkey");
  for (let count = 0; count < 2; count++) await someJobs(db, [validator]);
  const first = await claim(validator, 100, "one");
  expect(await claim(validator, 130, "one")).toMatchObject({
    id: first?.id,
    attempt: 1,
    leasedUntil: at(190),
  });
  expect(await claim(validator, 500, "one")).toMatchObject({
    id: first?.id,
    attempt: 1,
    leasedUntil: at(560),
  });
  const second = await claim(validator, 500, "two");
  expect(second?.id).not.toBe(first?.id);
  expect(await claim(validator, 500, "three")).toBeUndefined();
  expect(await claim(someKey("hotkey"), 500, "one")).toBeUndefined();
});

test("ten tries of one claim at once get one job", async () => {
  const validator = someKey("hotkey");
  for (let count = 0; count < 5; count++) await someJobs(db, [validator]);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claim(validator, 100, "one")));
  expect(new Set(claims.map((job) => `${job?.id} ${job?.attempt}`)).size).toBe(1);
  expect(await claim(validator, 100, "two")).toMatchObject({ attempt: 1 });
});

test("a key whose job is done or given back leases another", async () => {
  const validator = someKey("hotkey");
  for (let count = 0; count < 2; count++) await someJobs(db, [validator]);
  const first = await claim(validator, 100, "one");
  const lease = { id: first?.id ?? "", validator, attempt: 1 };
  await inside(db, (trx) => completeJob(trx, { ...lease, now: at(110) }));
  const second = await claim(validator, 120, "one");
  expect(second).toMatchObject({ attempt: 1, status: "leased" });
  expect(second?.id).not.toBe(first?.id);
  await releaseJob(db, { id: second?.id ?? "", validator, attempt: 1 });
  expect(await claim(validator, 130, "one")).toMatchObject({ id: second?.id, attempt: 2 });
});

test("a lease that has run out can be claimed again, and the first holder has lost it", async () => {
  const { validator, lease } = await leasedJob();
  expect(await claim(validator, 159)).toBeUndefined();
  expect(await claim(validator, 160)).toMatchObject({ id: lease.id, attempt: 2 });
  expect(await heartbeatJob(db, { ...lease, leasedUntil: at(500) })).toBeUndefined();
  expect(await inside(db, (trx) => completeJob(trx, { ...lease, now: at(161) }))).toBeUndefined();
});

test("a heartbeat prolongs a lease", async () => {
  const { validator, lease } = await leasedJob();
  expect(await heartbeatJob(db, { ...lease, leasedUntil: at(300) })).toMatchObject({ leasedUntil: at(300) });
  expect(await claim(validator, 200)).toBeUndefined();
});

test("a released job opens again without blame", async () => {
  const { validator, lease } = await leasedJob();
  expect(await releaseJob(db, lease)).toMatchObject({ status: "open", failures: 0, leasedUntil: null });
  expect(await claim(validator, 101)).toMatchObject({ attempt: 2 });
});

test("a validator's failures open the job again until the budget is spent", async () => {
  const { validator, lease } = await leasedJob();
  const failure = { error: "out of memory", maxFailures: 2, now: at(110) };
  const first = await failJob(db, { ...lease, ...failure });
  expect(first).toMatchObject({ status: "open", failures: 1, lastError: "out of memory", finishedAt: null });
  const again = await claim(validator, 120);
  const second = await failJob(db, { ...lease, attempt: again?.attempt ?? 0, ...failure });
  expect(second).toMatchObject({ status: "failed", failures: 2, finishedAt: at(110), leasedUntil: null });
  expect(await claim(validator, 500)).toBeUndefined();
});

test("failed jobs open once more within their budget, and others stay as they are", async () => {
  const { lease, cycle, validator } = await leasedJob();
  const reopen = (maxFailures: number) =>
    inside(db, (trx) => reopenFailedJobs(trx, { cycleId: cycle.id, maxFailures }));
  expect(await reopen(2)).toBe(0);
  await failJob(db, { ...lease, error: "out of memory", maxFailures: 1, now: at(110) });
  expect(await reopen(1)).toBe(0);
  expect(await reopen(2)).toBe(1);
  expect(await claim(validator, 120)).toMatchObject({ attempt: 2, failures: 1, finishedAt: null });
});

test("a job is completed once, and by nobody else", async () => {
  const { lease, cycle } = await leasedJob();
  const complete = (changes: object) =>
    inside(db, (trx) => completeJob(trx, { ...lease, now: at(120), ...changes }));
  expect(await countUnfinishedJobs(db, cycle.id)).toBe(1);
  expect(await complete({ validator: someKey("hotkey") })).toBeUndefined();
  expect(await complete({})).toMatchObject({ status: "done", finishedAt: at(120) });
  expect(await complete({})).toBeUndefined();
  expect(await countUnfinishedJobs(db, cycle.id)).toBe(0);
});

test("jobs that exist are not opened twice", async () => {
  const { cycle, jobs } = await someJobs(db, [someKey("hotkey"), someKey("hotkey")]);
  const again = jobs.map(
    ({ id: _id, status: _status, attempt: _attempt, failures: _failures, ...job }) => job,
  );
  expect(await inside(db, (trx) => insertJobs(trx, again))).toEqual([]);
  expect(await listJobsOfCycle(db, cycle.id)).toHaveLength(2);
});

test("each round of a cycle has jobs of its own", async () => {
  const { cycle, jobs } = await someJobs(db, [someKey("hotkey")]);
  const next = jobs.map(({ id: _id, status: _status, attempt: _attempt, failures: _failures, ...job }) => ({
    ...job,
    round: 1,
  }));
  const open = () => inside(db, (trx) => insertJobs(trx, next));
  expect(await open()).toMatchObject([{ round: 1, status: "open", attempt: 0 }]);
  expect(await open()).toEqual([]);
  expect((await listJobsOfCycle(db, cycle.id)).map(({ round }) => round)).toEqual([0, 1]);
  const on = (submissionId: string) => listJobsOn(db, { cycleId: cycle.id, submissionId });
  expect((await on(next[0]?.submissionId ?? "")).map(({ round }) => round)).toEqual([0, 1]);
  expect(await on("submission_x")).toEqual([]);
});

test("opens more jobs than one statement holds", async () => {
  const validators = Array.from({ length: 1_500 }, () => someKey("hotkey"));
  const { jobs } = await someJobs(db, validators);
  expect(new Set(jobs.map(({ id }) => id)).size).toBe(1_500);
});

test("an unknown job is not found", async () => {
  await expect(getJob(db, "job_x")).rejects.toMatchObject({ code: "DB_NOT_FOUND" });
});
