import type { DatabaseSync } from "node:sqlite";
import type { Receipt, SignedResult } from "@assay/core";
import { z } from "zod";
import { keepReceipt } from "./receipts.ts";
import { damaged, sealOf } from "./seal.ts";
import { inTransaction, writing } from "./writing.ts";

/** A signed result and the attempt at a job that it answers. */
export type QueuedResult = {
  readonly jobId: string;
  readonly attempt: number;
  readonly signed: SignedResult;
};

type ResultKey = { readonly jobId: string; readonly attempt: number };

/** Queues a signed result; false if this attempt was already answered, and then the first answer stays. */
export function queueResult(db: DatabaseSync, { jobId, attempt, signed }: QueuedResult): boolean {
  const { body, signature } = signed;
  const seal = sealOf({ jobId, attempt, state: "queued", body, signature, problem: null });
  const insert = db.prepare(
    `insert into results (job_id, attempt, state, body, signature, seal) values (?, ?, 'queued', ?, ?, ?)
     on conflict do nothing`,
  );
  const { changes } = writing(db, () => insert.run(jobId, attempt, body, signature, seal));
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
    .map((row) => {
      const { jobId, attempt, body, signature } = checked(row);
      return { jobId, attempt, signed: { body: body ?? "", signature } };
    });
}

/** Ends a result's stay in the backlog: its text goes, its key and the backend's receipt stay. */
export function acknowledgeResult(db: DatabaseSync, key: ResultKey, receipt: Receipt): void {
  inTransaction(db, () => {
    keepReceipt(db, key, receipt);
    closeResult(db, key, { state: "acknowledged", problem: null });
  });
}

/** Ends the stay of a result that the backend will never take; its text goes, its key and the reason stay. */
export function refuseResult(db: DatabaseSync, key: ResultKey, problem: string): void {
  writing(db, () => closeResult(db, key, { state: "refused", problem }));
}

function closeResult(
  db: DatabaseSync,
  { jobId, attempt }: ResultKey,
  { state, problem }: { state: Exclude<ResultState, "queued">; problem: string | null },
): void {
  const row = db.prepare("select * from results where job_id = ? and attempt = ?").get(jobId, attempt);
  if (row === undefined) return;
  const seal = sealOf({ ...checked(row), state, body: null, problem });
  const update = db.prepare(
    "update results set state = ?, body = null, problem = ?, seal = ? where job_id = ? and attempt = ?",
  );
  update.run(state, problem, seal, jobId, attempt);
}

/** How many results the backend has not acknowledged. */
export function countQueuedResults(db: DatabaseSync): number {
  return Number(db.prepare("select count(*) as n from results where state = 'queued'").get()?.["n"]);
}

/** Reads every result once, so that a flipped bit is found at start. */
export function checkResults(db: DatabaseSync): void {
  db.prepare("select * from results").all().forEach(checked);
}

const Columns = z.object({
  job_id: z.string(),
  attempt: z.int(),
  state: ResultState,
  body: z.string().nullable(),
  signature: z.string(),
  problem: z.string().nullable(),
  seal: z.string(),
});

function checked(row: unknown) {
  const parsed = Columns.safeParse(row);
  if (!parsed.success) throw damaged("results");
  const { job_id: jobId, seal, ...parts } = parsed.data;
  if (sealOf({ jobId, ...parts }) !== seal) throw damaged(`results, ${jobId}`);
  return { jobId, ...parts };
}
