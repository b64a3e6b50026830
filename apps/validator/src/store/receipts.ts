import type { DatabaseSync } from "node:sqlite";
import { Receipt } from "@assay/core";
import { z } from "zod";
import { damaged, seal, unseal } from "./seal.ts";

type ResultKey = { readonly jobId: string; readonly attempt: number };

/** Keeps the receipt of a result for good; the first one stays. */
export function keepReceipt(db: DatabaseSync, { jobId, attempt }: ResultKey, receipt: Receipt): void {
  const { body, seal: hash } = seal({ jobId, attempt, receipt });
  db.prepare(
    "insert into receipts (job_id, attempt, body, seal) values (?, ?, ?, ?) on conflict do nothing",
  ).run(jobId, attempt, body, hash);
}

/** The backend's signed word that it has the result of an attempt; undefined if it has not given it. */
export function findReceipt(db: DatabaseSync, { jobId, attempt }: ResultKey): Receipt | undefined {
  const row = db.prepare("select * from receipts where job_id = ? and attempt = ?").get(jobId, attempt);
  return row === undefined ? undefined : read(row).receipt;
}

/** Every receipt with the attempt it is for, oldest first. */
export function listReceipts(db: DatabaseSync): KeptReceipt[] {
  return db.prepare("select * from receipts order by rowid").all().map(read);
}

/** Reads every receipt once, so that a flipped bit is found at start. */
export function checkReceipts(db: DatabaseSync): void {
  listReceipts(db);
}

const KeptReceipt = z.object({ jobId: z.string(), attempt: z.int(), receipt: Receipt });
type KeptReceipt = z.infer<typeof KeptReceipt>;

function read({ job_id, attempt, body, seal: hash }: Record<string, unknown>): KeptReceipt {
  const record = { body: String(body), seal: String(hash) };
  const where = `receipts, ${String(job_id)}`;
  const kept = KeptReceipt.parse(unseal(record, where));
  if (kept.jobId !== job_id || kept.attempt !== attempt) throw damaged(where);
  return kept;
}
