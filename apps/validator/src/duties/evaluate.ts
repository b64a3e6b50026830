import { type Job, signStatement } from "@assay/core";
import { sendBacklog } from "../evaluate/backlog.ts";
import { Calibrated } from "../evaluate/calibrated.ts";
import { asking, codeOf, type EvaluateContext } from "../evaluate/context.ts";
import { type Judging, judge } from "../evaluate/judge.ts";
import { underLease } from "../evaluate/lease.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Duty } from "../loop/duty.ts";
import { within } from "../loop/within.ts";
import { findResultState, queueResult } from "../store/results.ts";

/** A stop waits no longer for the backend than this. */
const RELEASE_MS = 3_000;

/** Evaluates leased jobs, one after the other until there is none, and reports through the backlog. */
export function evaluateDuty(context: EvaluateContext, calibrated = new Calibrated()): Duty {
  return {
    name: "evaluate",
    async run(_head, signal) {
      await sendBacklog(context, signal);
      while (!signal.aborted) {
        const job = await asking("a job", context.board.jobs.claim(), signal);
        if (job === null) return;
        await work(context, { job, calibrated, signal });
        await sendBacklog(context, signal);
      }
    },
  };
}

/** One job: an answer about the agent goes to the backlog, a failure of this validator gives the job back. */
async function work(context: EvaluateContext, { job, calibrated, signal }: Judging): Promise<void> {
  const { log, store } = context;
  const { id: jobId, attempt, submissionId } = job;
  const facts = { jobId, attempt, submissionId };
  log.debug({ ...facts, episodes: job.seeds.length }, LOG.jobClaimed);
  const answered = findResultState(store.db, { jobId, attempt });
  if (answered === "queued") return;
  if (answered)
    return giveBack(context, { job, reason: `this attempt was answered before (${answered})`, signal });
  try {
    const body = await underLease(context, { job, signal }, (kept) =>
      judge(context, { job, calibrated, signal: kept }),
    );
    queueResult(store.db, { jobId, attempt, signed: await signStatement(body, context.signer) });
    const successes = body.episodes.filter(({ success }) => success).length;
    log.info(
      { ...facts, episodes: body.episodes.length, successes, failure: body.failure },
      LOG.jobEvaluated,
    );
    context.onJob?.("evaluated");
  } catch (error) {
    if (signal.aborted) await release(context, job);
    if (signal.aborted) throw error;
    log.error({ ...facts, ...errorFacts(error) }, LOG.jobFailed);
    const isLost = codeOf(error) === "API_LEASE_LOST";
    context.onJob?.(isLost ? "lost" : "failed");
    if (isLost) return;
    const { code, error: text } = errorFacts(error);
    await giveBack(context, { job, reason: `${code}: ${text}`.slice(0, 500), signal });
  }
}

/** Lets another process of this validator begin at once; if that fails, the lease runs out all the same. */
async function release({ board, log }: EvaluateContext, { id, attempt }: Job): Promise<void> {
  const facts = { jobId: id, attempt };
  try {
    await within(board.jobs.release({ id, attempt }), { what: "to release a job", ms: RELEASE_MS });
    log.info(facts, LOG.jobReleased);
  } catch (error) {
    log.warn({ ...facts, ...errorFacts(error) }, LOG.jobNotReleased);
  }
}

async function giveBack(
  { board }: EvaluateContext,
  { job, reason, signal }: { job: Job; reason: string; signal: AbortSignal },
): Promise<void> {
  const { id, attempt } = job;
  await asking("to give a job back", board.jobs.fail({ id, attempt, reason }), signal);
}
