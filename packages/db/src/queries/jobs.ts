import { sql } from "kysely";
import type { Db, Trx } from "../connect.ts";
import { DbError, violatedConstraint } from "../errors.ts";
import { newId } from "../ids.ts";
import type { JobRow } from "../schema.ts";

export type NewJob = {
  netuid: number;
  cycleId: string;
  competitionId: string;
  submissionId: string;
  round: number;
  validator: string;
  coldkey: string;
  stakeRao: bigint;
  createdAt: Date;
};

const ROWS_PER_STATEMENT = 1_000;

/** Opens one job per (cycle, submission, validator, round); those that exist stay as they are. */
export async function insertJobs(trx: Trx, jobs: readonly NewJob[]): Promise<JobRow[]> {
  const inserted: JobRow[] = [];
  for (let start = 0; start < jobs.length; start += ROWS_PER_STATEMENT) {
    const chunk = jobs.slice(start, start + ROWS_PER_STATEMENT);
    inserted.push(...(await insertChunk(trx, chunk)));
  }
  return inserted;
}

function insertChunk(trx: Trx, jobs: readonly NewJob[]): Promise<JobRow[]> {
  const rows = jobs.map((job) => ({
    ...job,
    id: newId("job"),
    status: "open" as const,
    attempt: 0,
    failures: 0,
  }));
  return trx
    .insertInto("jobs")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["cycleId", "submissionId", "validator", "round"]).doNothing())
    .returningAll()
    .execute();
}

export type JobClaim = {
  netuid: number;
  validator: string;
  now: Date;
  leasedUntil: Date;
  /** The same for every try of one claim whose answer has not come. */
  key?: string | undefined;
};

/**
 * Leases a validator its oldest job that is open or whose lease has run out; undefined if there is none.
 *
 * What was leased under the same key is given again, the attempt unchanged: whoever repeats a key never got the answer.
 */
export async function claimJob(db: Db, claim: JobClaim): Promise<JobRow | undefined> {
  try {
    return (await claimAgain(db, claim)) ?? (await claimNext(db, claim));
  } catch (error) {
    // Another try of the same claim was quicker.
    if (violatedConstraint(error) === "jobs_claim_key") return claimAgain(db, claim);
    throw error;
  }
}

async function claimAgain(
  db: Db,
  { netuid, validator, leasedUntil, key }: JobClaim,
): Promise<JobRow | undefined> {
  if (key === undefined) return undefined;
  return db
    .updateTable("jobs")
    .set({ leasedUntil })
    .where("netuid", "=", netuid)
    .where("validator", "=", validator)
    .where("claimKey", "=", key)
    .where("status", "=", "leased")
    .returningAll()
    .executeTakeFirst();
}

function claimNext(
  db: Db,
  { netuid, validator, now, leasedUntil, key }: JobClaim,
): Promise<JobRow | undefined> {
  return db
    .with("next", (query) =>
      query
        .selectFrom("jobs")
        .select("id")
        .where("netuid", "=", netuid)
        .where("validator", "=", validator)
        .where("status", "in", ["open", "leased"])
        .where((is) => is.or([is("status", "=", "open"), is("leasedUntil", "<=", now)]))
        .orderBy("id")
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable("jobs")
    .from("next")
    .set({ status: "leased", leasedUntil, claimKey: key ?? null, attempt: sql<number>`attempt + 1` })
    .whereRef("jobs.id", "=", "next.id")
    .returningAll("jobs")
    .executeTakeFirst();
}

/** The lease a validator believes to hold: a later attempt means that it has lost it. */
export type Lease = { id: string; validator: string; attempt: number };

/** Prolongs a lease; undefined if it has been lost. */
export function heartbeatJob(
  db: Db,
  { leasedUntil, ...lease }: Lease & { leasedUntil: Date },
): Promise<JobRow | undefined> {
  return held(db, lease).set({ leasedUntil }).returningAll().executeTakeFirst();
}

/** Gives a job back without blame; undefined if the lease has been lost. */
export function releaseJob(db: Db, lease: Lease): Promise<JobRow | undefined> {
  return held(db, lease).set({ status: "open", leasedUntil: null }).returningAll().executeTakeFirst();
}

export type JobFailure = Lease & { error: string; maxFailures: number; now: Date };

/** Counts a failure of the validator itself: the job opens again until the budget is spent; undefined if lost. */
export function failJob(
  db: Db,
  { error, maxFailures, now, ...lease }: JobFailure,
): Promise<JobRow | undefined> {
  const isSpent = sql<boolean>`failures + 1 >= ${maxFailures}::integer`;
  return held(db, lease)
    .set({
      failures: sql<number>`failures + 1`,
      status: sql`case when ${isSpent} then 'failed' else 'open' end`,
      finishedAt: sql`case when ${isSpent} then ${now}::timestamptz end`,
      leasedUntil: null,
      lastError: error,
    })
    .returningAll()
    .executeTakeFirst();
}

/** Opens the failed jobs of a cycle once more, as long as their failures do not exceed a budget; returns how many. */
export async function reopenFailedJobs(
  trx: Trx,
  { cycleId, maxFailures }: { cycleId: string; maxFailures: number },
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable("jobs")
    .set({ status: "open", finishedAt: null })
    .where("cycleId", "=", cycleId)
    .where("status", "=", "failed")
    .where("failures", "<", maxFailures)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Marks a job done; undefined if its lease has been lost, so its result does not count. */
export function completeJob(trx: Trx, { now, ...lease }: Lease & { now: Date }): Promise<JobRow | undefined> {
  return held(trx, lease)
    .set({ status: "done", leasedUntil: null, finishedAt: now })
    .returningAll()
    .executeTakeFirst();
}

function held(db: Db, { id, validator, attempt }: Lease) {
  return db
    .updateTable("jobs")
    .where("id", "=", id)
    .where("validator", "=", validator)
    .where("attempt", "=", attempt)
    .where("status", "=", "leased");
}

/** A job; undefined if there is none of that id. */
export function findJob(db: Db, id: string): Promise<JobRow | undefined> {
  return db.selectFrom("jobs").selectAll().where("id", "=", id).executeTakeFirst();
}

/** A job; throws DB_NOT_FOUND. */
export async function getJob(db: Db, id: string): Promise<JobRow> {
  const found = await findJob(db, id);
  if (found === undefined) throw new DbError({ code: "DB_NOT_FOUND", table: "jobs", id });
  return found;
}

/** The jobs of a cycle, oldest first. */
export function listJobsOfCycle(db: Db, cycleId: string): Promise<JobRow[]> {
  return db.selectFrom("jobs").selectAll().where("cycleId", "=", cycleId).orderBy("id").execute();
}

/** The jobs about one submission in a cycle, by round. */
export function listJobsOn(
  db: Db,
  { cycleId, submissionId }: { cycleId: string; submissionId: string },
): Promise<JobRow[]> {
  return db
    .selectFrom("jobs")
    .selectAll()
    .where("cycleId", "=", cycleId)
    .where("submissionId", "=", submissionId)
    .orderBy("round")
    .orderBy("validator")
    .execute();
}

/** How many jobs of a cycle still wait for a validator. */
export async function countUnfinishedJobs(db: Db, cycleId: string): Promise<number> {
  const { count } = await db
    .selectFrom("jobs")
    .select((count) => count.fn.countAll<number>().as("count"))
    .where("cycleId", "=", cycleId)
    .where("status", "in", ["open", "leased"])
    .executeTakeFirstOrThrow();
  return count;
}

/** Tells whether a validator was ever asked to evaluate an artefact. */
export async function hasJobOn(
  db: Db,
  { netuid, validator, sha256 }: { netuid: number; validator: string; sha256: string },
): Promise<boolean> {
  const found = await db
    .selectFrom("jobs")
    .innerJoin("submissions", "submissions.id", "jobs.submissionId")
    .select("jobs.id")
    .where("submissions.netuid", "=", netuid)
    .where("submissions.sha256", "=", sha256)
    .where("jobs.validator", "=", validator)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
