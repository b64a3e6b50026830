import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import {
  findResult,
  insertResult,
  listResultsOfCycle,
  type NewResult,
  violatedConstraint,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someHash, someJobs, someKey } from "../testing/rows.ts";

const { db, close } = await testDatabase();
afterAll(close);

async function newResult(): Promise<NewResult> {
  const validator = someKey("hotkey");
  const { jobs } = await someJobs(db, [validator]);
  const { netuid = 0, id = "", cycleId = "", competitionId = "", submissionId = "" } = jobs[0] ?? {};
  const key = { netuid, cycleId, jobId: id, validator, attempt: 1, competitionId, submissionId };
  const text = { body: '{"episodes":[]}', bodySha256: someHash(), signature: "0x00" };
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

const send = (result: NewResult) => inside(db, (trx) => insertResult(trx, result));

test("keeps the signed text as it was received", async () => {
  const result = await newResult();
  expect(await send(result)).toEqual({ outcome: "accepted", result });
  expect(await findResult(db, result)).toEqual(result);
  expect(await listResultsOfCycle(db, result.cycleId)).toEqual([result]);
});

test("50 concurrent senders of one result make one row", async () => {
  const result = await newResult();
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => send(result)));
  expect(outcomes.filter(({ outcome }) => outcome === "accepted")).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === "repeated")).toHaveLength(49);
  expect(await listResultsOfCycle(db, result.cycleId)).toHaveLength(1);
});

test("of two texts under one attempt the first stays", async () => {
  const result = await newResult();
  await send(result);
  const other = { ...result, bodySha256: someHash(), successes: 4 };
  expect(await send(other)).toEqual({ outcome: "conflicting", result });
});

test.each([
  ["a mean reward that is not a number", { meanReward: Number.NaN }],
  ["an infinite mean reward", { meanReward: Number.POSITIVE_INFINITY }],
  ["a negatively infinite mean reward", { meanReward: Number.NEGATIVE_INFINITY }],
  ["more successes than episodes", { successes: 5 }],
  ["a negative count", { successes: -1 }],
  ["too many episodes", { episodes: 100_001 }],
  ["an attempt before the first", { attempt: 0 }],
])("the table refuses %s", async (_name, wrong) => {
  const result = { ...(await newResult()), ...wrong };
  const refusal = await send(result).catch((error: unknown) => violatedConstraint(error));
  expect(refusal).toMatch(/^results_.*check/);
});

test("the table refuses a result of no job", async () => {
  const result = { ...(await newResult()), jobId: "job_x" };
  const refusal = await send(result).catch((error: unknown) => violatedConstraint(error));
  expect(refusal).toBe("results_job_id_fkey");
});

test("a result can be neither changed nor removed, not even in its partition", async () => {
  const result = await newResult();
  await send(result);
  const partition = await sql<{ name: string }>`
    select ensure_results_partition(${result.cycleId}) as name`.execute(db);
  const tables = ["results", partition.rows[0]?.name ?? ""];
  const attempts = tables.flatMap((table) => [
    sql`update ${sql.table(table)} set successes = 4 where job_id = ${result.jobId}`,
    sql`delete from ${sql.table(table)} where job_id = ${result.jobId}`,
    sql`truncate ${sql.table(table)}`,
  ]);
  for (const attempt of attempts) await expect(attempt.execute(db)).rejects.toThrow(/append-only/);
  expect(await findResult(db, result)).toEqual(result);
});
