import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  currentLeaders,
  type Db,
  insertResult,
  listCompetitions,
  listResultsOfCycle,
  migrate,
  type NewResult,
  openDatabase,
} from "../index.ts";
import { startPrivateServer } from "../private-server/index.ts";
import { at, inside, someHash, someJobs, someKey } from "../testing/rows.ts";

const HISTORIES = [10_000, 1_000_000];
/** Results of the cycle that is judged: a roster of 64. */
const VALIDATORS = 64;

const server = await startPrivateServer();
const db = openDatabase(server.url);
afterAll(async () => {
  await db.destroy();
  await server.close();
});

type Running = Awaited<ReturnType<typeof someJobs>>;
let cycle: Running["cycle"];
let past: Running;

beforeAll(async () => {
  await migrate(db);
  past = await someJobs(db, [someKey("validator")]);
  const running = await someJobs(
    db,
    Array.from({ length: VALIDATORS }, (_, index) => `validator-${index}`),
  );
  cycle = running.cycle;
  for (const { id: jobId, validator } of running.jobs)
    await inside(db, (trx) => insertResult(trx, resultOf(running, { jobId, validator })));
});

function resultOf(
  { cycle: { id: cycleId, competitionId }, submission: { id: submissionId } }: Running,
  of: { jobId: string; validator: string },
): NewResult {
  const figures = { episodes: 200, successes: 100, meanReward: 0.5, failureCode: null };
  const signed = { body: "x".repeat(10_000), bodySha256: someHash(), signature: "0x00" };
  const key = { netuid: 1, cycleId, attempt: 1, competitionId, submissionId };
  return { ...key, ...of, ...signed, ...figures, receivedAt: at(3) };
}

/** Rows one statement makes, so that none runs into its time limit. */
const STEP = 50_000;
let stored = 0;

/** Past results, made by the database itself: attempts of one job of another cycle in the same partition. */
async function growHistory(to: number): Promise<void> {
  for (; stored < to; stored += Math.min(STEP, to - stored))
    await addHistory(stored + 1, Math.min(stored + STEP, to));
  await sql`analyze results`.execute(db);
}

async function addHistory(from: number, to: number): Promise<void> {
  const [job] = past.jobs;
  const { id: cycleId, competitionId } = past.cycle;
  await sql`insert into results
    select 1, ${cycleId}, ${job?.id}, ${job?.validator}, attempt, ${competitionId}, ${past.submission.id}, '{}',
      ${someHash()}, '0x00', 200, 100, 0.5, null, ${at(3)}
    from generate_series(${from}::integer, ${to}::integer) attempt`.execute(db);
}

/** What a scoring run reads; it has no other access to results. */
async function readForScoring(from: Db): Promise<number> {
  await currentLeaders(from, 1);
  await listCompetitions(from, { netuid: 1 });
  return (await listResultsOfCycle(from, cycle.id)).length;
}

for (const count of HISTORIES)
  test(`a scoring run reads its own cycle among ${count} stored results`, { timeout: 600_000 }, async ({
    bench,
  }) => {
    await growHistory(count);
    expect(await readForScoring(db)).toBe(VALIDATORS);
    const title = `scoring reads, ${count} results stored`;
    const result = await bench(title, async () => void (await readForScoring(db))).run({ time: 2_000 });
    console.info(`median ${result.latency.p50.toFixed(2)} ms  ${title}`);
  });
