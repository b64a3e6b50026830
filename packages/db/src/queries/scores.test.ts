import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CycleRow,
  finishCycle,
  insertResult,
  type JobRow,
  type NewResult,
  pageScores,
  type SubmissionRow,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someHash, someJobs, someKey } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

const VALIDATORS = [someKey("hotkey"), someKey("hotkey"), someKey("hotkey")];

let cycle: CycleRow;
let submission: SubmissionRow;
let jobs: JobRow[];

beforeAll(async () => {
  ({ cycle, submission, jobs } = await someJobs(db, VALIDATORS));
  await inside(db, async (trx) => {
    for (const job of jobs) for (const attempt of [1, 2]) await insertResult(trx, resultOf(job, attempt));
  });
});

function resultOf(
  { netuid, id: jobId, cycleId, competitionId, submissionId, validator }: JobRow,
  attempt: number,
): NewResult {
  const key = { netuid, cycleId, jobId, validator, attempt, competitionId, submissionId };
  const text = { body: "{}", bodySha256: someHash(), signature: "0x00" };
  return {
    ...key,
    ...text,
    episodes: 4,
    successes: 3,
    meanReward: 0.5,
    failureCode: null,
    receivedAt: at(30),
  };
}

const page = (filter: Partial<Parameters<typeof pageScores>[1]> = {}) =>
  pageScores(db, { competitionId: cycle.competitionId, limit: 100, ...filter });

test("a running cycle has no scores; one that is done has all, with stake, author and both coldkeys", async () => {
  expect(await page()).toEqual({ items: [], nextCursor: null });
  await inside(db, (trx) => finishCycle(trx, { id: cycle.id, doneAt: at(40), doneAtBlock: 9 }));
  const { items } = await page();
  expect(items).toHaveLength(2 * VALIDATORS.length);
  const [job] = jobs;
  const { stakeRao, coldkey: validatorColdkey } = job ?? {};
  const { hotkey, coldkey } = submission;
  expect(items[0]).toMatchObject({ stakeRao, validatorColdkey, hotkey, coldkey, successes: 3, attempt: 2 });
});

test("pages of every size put together are the list, each score once", async () => {
  const { items } = await page();
  for (const limit of [1, 2, 4, 5, 6]) {
    const seen: typeof items = [];
    let cursor: string | null = null;
    do {
      const next: Awaited<ReturnType<typeof page>> = await page({ limit, cursor });
      seen.push(...next.items);
      cursor = next.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(items);
  }
});

test("another competition's, cycle's or submission's are not among them", async () => {
  const other = await someJobs(db, []);
  expect((await page({ competitionId: other.cycle.competitionId })).items).toEqual([]);
  expect((await page({ cycleId: other.cycle.id })).items).toEqual([]);
  expect((await page({ submissionId: other.submission.id })).items).toEqual([]);
  expect((await page({ cycleId: cycle.id, submissionId: submission.id })).items).toHaveLength(6);
});
