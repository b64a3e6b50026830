import { CompiledQuery, type KyselyPlugin, type RootOperationNode, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  claimJob,
  collectSubmissions,
  completeJob,
  countUnfinishedJobs,
  type Db,
  findFirstWaiting,
  findJob,
  findNewerSnapshot,
  findResult,
  findSubmissionByContent,
  hasJobOn,
  latestSnapshot,
  listRecentSubmissions,
  listResultsOfCycle,
  listSubmissionsOfCycle,
  openDatabase,
} from "../index.ts";
import { testDatabase } from "../test.ts";
import { at, inside, someHash, someJobs } from "../testing/rows.ts";

const { db, url, close } = await testDatabase();
afterAll(close);

const ROWS = 4_000;
/** Blocks of 8 KiB a query may look at: a few ways down an index, and far less than any of these tables has. */
const MOST_BLOCKS = 48;

const past = await someJobs(db, ["vera"]);
const { cycle, submission, jobs } = await someJobs(db, ["vera", "viktor"]);
const [job] = jobs;
const { id: cycleId, competitionId } = cycle;
const lease = { id: job?.id ?? "", validator: "vera", attempt: 1, now: at(1) };
const mechanism = { netuid: 1, mechid: 0 };

beforeAll(async () => {
  // Without a time limit for statements: this is much at once for a busy machine.
  const patient = openDatabase(url, { max: 1, statementTimeoutMs: 0 });
  await fill(patient);
  await patient.destroy();
}, 120_000);

/** A past of many submissions, jobs, results and snapshots beside the cycle that runs. */
async function fill(to: Db): Promise<void> {
  await sql`insert into submissions overriding system value
    select (jsonb_populate_record(one, jsonb_build_object('id', 'submission_' || n, 'sequence', 1000 + n,
      'sha256', encode(sha256(n::text::bytea), 'hex'), 'hotkey', 'hot' || n, 'coldkey', 'cold' || n,
      'competition_id', ${competitionId}::text, 'status', 'ineligible'))).*
    from submissions one, generate_series(1, ${ROWS}::integer) n where id = ${past.submission.id}`.execute(
    to,
  );
  await sql`insert into jobs
    select (jsonb_populate_record(one, jsonb_build_object('id', 'job_' || n, 'submission_id', 'submission_' || n,
      'competition_id', ${competitionId}::text, 'status', 'done', 'attempt', 1, 'finished_at', now()))).*
    from jobs one, generate_series(1, ${ROWS}::integer) n where id = ${past.jobs[0]?.id ?? ""}`.execute(to);
  await sql`select ensure_results_partition(${past.cycle.id})`.execute(to);
  await sql`insert into results
    select 1, ${past.cycle.id}, 'job_' || n, 'vera', 1, ${competitionId}, 'submission_' || n, '{}',
      ${someHash()}, '0x00', 200, 100, 0.5, null, now()
    from generate_series(1, ${ROWS}::integer) n`.execute(to);
  await sql`insert into snapshots
    select 1, 0, n, n, n, '{}', 'key', '0x00', '{}', ${someHash()}, 'burn', now(), n
    from generate_series(1, ${ROWS}::integer) n`.execute(to);
  await sql`analyze`.execute(to);
}

/** What is done with every request, job, cycle and snapshot; none of it may take longer as rows add up. */
const DONE_OFTEN: Record<string, (on: Db) => Promise<unknown>> = {
  claimJob: (on) => claimJob(on, { netuid: 1, validator: "vera", now: at(1), leasedUntil: at(2) }),
  findJob: (on) => findJob(on, lease.id),
  completeJob: (on) => inside(on, (trx) => completeJob(trx, lease)),
  findResult: (on) => findResult(on, { ...lease, cycleId, jobId: lease.id }),
  hasJobOn: (on) => hasJobOn(on, { netuid: 1, validator: "stranger", sha256: submission.sha256 }),
  countUnfinishedJobs: (on) => countUnfinishedJobs(on, cycleId),
  listResultsOfCycle: (on) => listResultsOfCycle(on, cycleId),
  listSubmissionsOfCycle: (on) => listSubmissionsOfCycle(on, cycleId),
  findFirstWaiting: (on) => findFirstWaiting(on, competitionId),
  collectSubmissions: (on) => inside(on, (trx) => collectSubmissions(trx, { competitionId, cycleId })),
  findSubmissionByContent: (on) => findSubmissionByContent(on, { netuid: 1, sha256: submission.sha256 }),
  listRecentSubmissions: (on) =>
    inside(on, (trx) => listRecentSubmissions(trx, { netuid: 1, coldkey: "cold1", afterBlock: 1 })),
  latestSnapshot: (on) => latestSnapshot(on, mechanism),
  findNewerSnapshot: (on) => findNewerSnapshot(on, { ...mechanism, above: 1 }),
};

test.each(Object.keys(DONE_OFTEN))("%s takes no longer as rows add up", { timeout: 60_000 }, async (name) => {
  const nodes: RootOperationNode[] = [];
  await DONE_OFTEN[name]?.(db.withPlugin(recorder(nodes)));
  expect(nodes).not.toEqual([]);
  for (const node of nodes) expect(await blocksOf(node)).toBeLessThan(MOST_BLOCKS);
});

test("a query without a fitting index would be found", { timeout: 60_000 }, async () => {
  const nodes: RootOperationNode[] = [];
  await db.withPlugin(recorder(nodes)).selectFrom("jobs").select("id").where("coldkey", "=", "x").execute();
  const [node] = nodes;
  expect(node === undefined ? 0 : await blocksOf(node)).toBeGreaterThan(MOST_BLOCKS);
});

/** Keeps every query that passes. */
function recorder(nodes: RootOperationNode[]): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      nodes.push(node);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}

type Explained = { Plan: { "Shared Hit Blocks": number; "Shared Read Blocks": number } };

/** Blocks a query looks at when it is run once more. */
async function blocksOf(node: RootOperationNode): Promise<number> {
  const { sql: text, parameters } = db.getExecutor().compileQuery(node, { queryId: "plan" });
  const explain = `explain (analyze, buffers, timing off, format json) ${text}`;
  const { rows } = await db.executeQuery<Record<string, Explained[]>>(
    CompiledQuery.raw(explain, [...parameters]),
  );
  const plan = Object.values(rows[0] ?? {})[0]?.[0]?.Plan;
  if (plan === undefined) throw new Error("no plan");
  return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
}
