import { createHash } from "node:crypto";
import { ApiError, findBrokenText, type HotkeyCaller, type ResultReceipt } from "@assay/api";
import { verifySignature } from "@assay/chain/wallet";
import { CoreError, openStatement, ResultBody, type SignedResult } from "@assay/core";
import {
  completeJob,
  findJob,
  findResult,
  insertEquivocation,
  insertResult,
  type JobRow,
  type NewResult,
  type ResultRow,
  type Trx,
} from "@assay/db";
import { recordAct } from "../audit/act.ts";
import { type Backend, nowOf } from "../backend.ts";
import { lostLease } from "../jobs/service.ts";
import { found } from "../not-found.ts";
import { assertAnswersJob } from "./answers-job.ts";
import { resultReceipt } from "./receipt.ts";

/** Stores a validator's signed result; what is answered has been committed. */
export async function reportResult(
  backend: Backend,
  { caller, ...signed }: SignedResult & { caller: HotkeyCaller },
): Promise<ResultReceipt> {
  const { db, trace } = backend;
  const body = openResult(signed, caller.hotkey);
  assertStorable(body);
  const job = await ownJob(backend, { id: body.jobId, hotkey: caller.hotkey });
  await assertAnswersJob(backend, { body, job });
  const row = rowOf(backend, { body, job, signed });
  const { stored, outcome } = await db.transaction().execute((trx) => storeOnce(trx, { backend, row }));
  backend.metrics.results.inc({ outcome });
  if (outcome === "conflicting") throw conflict(stored);
  trace("result-committed");
  return resultReceipt(stored, backend.signing.current().signer);
}

function openResult(signed: SignedResult, address: string): ResultBody {
  try {
    return openStatement(signed, { address, schema: ResultBody, verify: verifySignature });
  } catch (cause) {
    if (!(cause instanceof CoreError)) throw cause;
    const facts = { jobId: "", field: "body", expected: `a result signed by ${address}`, actual: cause.code };
    throw new ApiError({ code: "API_RESULT_REFUSED", ...facts }, `The result: ${cause.message}`, { cause });
  }
}

/** The text of a result is stored as it was signed, but what it says of a failure goes into columns. */
function assertStorable({ jobId, failure }: ResultBody): void {
  if (findBrokenText(failure) === undefined) return;
  const facts = { jobId, field: "failure", expected: "text without NUL", actual: "text with NUL" };
  throw new ApiError({ code: "API_RESULT_REFUSED", ...facts }, "The result's failure holds NUL.");
}

async function ownJob(
  { db, netuid }: Backend,
  { id, hotkey }: { id: string; hotkey: string },
): Promise<JobRow> {
  const job = found(await findJob(db, id), { kind: "job", id, netuid });
  if (job.validator === hotkey) return job;
  throw new ApiError({ code: "API_JOB_NOT_YOURS", id }, "This job was given to another validator.");
}

function rowOf(
  backend: Backend,
  { body, job, signed }: { body: ResultBody; job: JobRow; signed: SignedResult },
): NewResult {
  const { jobId, cycleId, validator, attempt, episodes, failure, submissionId } = body;
  const total = episodes.reduce((sum, { reward }) => sum + reward, 0);
  return {
    netuid: backend.netuid,
    cycleId,
    jobId,
    validator,
    attempt,
    competitionId: job.competitionId,
    submissionId,
    body: signed.body,
    bodySha256: createHash("sha256").update(signed.body).digest("hex"),
    signature: signed.signature,
    episodes: episodes.length,
    successes: episodes.filter(({ success }) => success).length,
    meanReward: episodes.length === 0 ? 0 : total / episodes.length,
    failureCode: failure?.code ?? null,
    receivedAt: nowOf(backend),
  };
}

type Report = { backend: Backend; row: NewResult };
type Stored = { stored: ResultRow; outcome: "accepted" | "repeated" | "conflicting" };

/** A job is completed once; whoever comes later gets the first result back. One that contradicts it is kept as proof. */
async function storeOnce(trx: Trx, { backend, row }: Report): Promise<Stored> {
  const { jobId: id, attempt, validator, receivedAt: now } = row;
  const completed = await completeJob(trx, { id, attempt, validator, now });
  const earlier = completed === undefined ? await findResult(trx, row) : undefined;
  if (completed === undefined && earlier === undefined) throw lostLease({ id, attempt });
  const stored = earlier ?? (await insertResult(trx, row)).result;
  if (stored.bodySha256 === row.bodySha256)
    return { stored, outcome: earlier === undefined ? "accepted" : "repeated" };
  await keepEquivocation(trx, { backend, row, first: stored });
  return { stored, outcome: "conflicting" };
}

async function keepEquivocation(trx: Trx, { backend, row, first }: Report & { first: ResultRow }) {
  const { netuid, cycleId, jobId, validator, attempt, body, bodySha256, signature, receivedAt } = row;
  const key = { netuid, cycleId, jobId, validator, attempt };
  const { bodySha256: recordedSha256 } = first;
  const proof = { ...key, bodySha256, recordedSha256, body, signature, receivedAt };
  if ((await insertEquivocation(trx, proof)) === undefined) return;
  const facts = { cycleId, attempt, recordedSha256, otherSha256: bodySha256 };
  await recordAct(trx, backend, { by: validator, action: "result.equivocation", target: jobId, facts });
}

function conflict({ jobId, attempt, bodySha256: recordedSha256 }: ResultRow): ApiError {
  const message =
    "Another result was recorded under the same attempt; the first one counts, this one is kept as proof.";
  return new ApiError({ code: "API_RESULT_CONFLICT", jobId, attempt, recordedSha256 }, message);
}
