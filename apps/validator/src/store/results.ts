import type { DatabaseSync } from "node:sqlite";
import type { SignedResult } from "@assay/core";
import { z } from "zod";

/** A signed result and the attempt at a job that it answers. */
export type QueuedResult = {
  readonly jobId: string;
  readonly attempt: number;
  readonly signed: SignedResult;
};

type ResultKey = { readonly jobId: string; readonly attempt: number };

/** Queues a signed result; false if this attempt was already answered, and then the first answer stays. */
export function queueResult(db: DatabaseSync, { jobId, attempt, signed }: QueuedResult): boolean {
  const { changes } = db
    .prepare(
      `insert into results (job_id, attempt, state, body, signature) values (?, ?, 'queued', ?, ?)
       on conflict do nothing`,
    )
    .run(jobId, attempt, signed.body, signed.signature);
  return Number(changes) === 1;
}

const ResultState = z.enum(["queued", "acknowledged", "refused"]);
export type ResultState = z.infer<typeof ResultState>;

/** How far the answer to an attempt has come; an attempt that has one is never answered again. */
export function findResultState(db: DatabaseSync, { jobId, attempt }: ResultKey): ResultState | undefined {
  const row = db.prepare("select state from results where job_id = ? and attempt = ?").get(jobId, attempt);
  return row === undefined ? undefined : ResultState.parse(row["state"]);
}

/** The backlog: results the backend has not acknowledged, oldest first. */
export function listQueuedResults(db: DatabaseSync, limit: number): QueuedResult[] {
  return db
    .prepare("select * from results where state = 'queued' order by rowid limit ?")
    .all(limit)
    .map((row) => ({
      jobId: String(row["job_id"]),
      attempt: Number(row["attempt"]),
      signed: { body: String(row["body"]), signature: String(row["signature"]) },
    }));
}

/** Ends a result's stay in the backlog; its key stays, its text goes. */
export function closeResult(
  db: DatabaseSync,
  { jobId, attempt }: ResultKey,
  end: { state: Exclude<ResultState, "queued">; problem: string | null },
): void {
  db.prepare("update results set state = ?, body = null, problem = ? where job_id = ? and attempt = ?").run(
    end.state,
    end.problem,
    jobId,
    attempt,
  );
}
