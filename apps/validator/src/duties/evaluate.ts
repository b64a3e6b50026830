import { type Job, signStatement } from "@assay/core";
import { sendBacklog } from "../evaluate/backlog.ts";
import { type Claims, createClaims } from "../evaluate/claims.ts";
import { asking, codeOf, type EvaluateContext, type JobOutcome } from "../evaluate/context.ts";
import { type Judging, judge } from "../evaluate/judge.ts";
import { underLease } from "../evaluate/lease.ts";
import type { Loan } from "../evaluators/pool.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Duty } from "../loop/duty.ts";
import { pause } from "../loop/pause.ts";
import { within } from "../loop/within.ts";
import { findResultState, queueResult } from "../store/results.ts";

/** A stop waits no longer for the backend than this. */
const RELEASE_MS = 3_000;

/** While jobs are at work, free evaluators ask for more this often. */
const ASK_AGAIN_MS = 12_000;

/** Failures that are told apart from all others. */
const OUTCOMES: Readonly<Record<string, JobOutcome>> = {
  API_LEASE_LOST: "lost",
  EVALUATOR_MISCALIBRATED: "miscalibrated",
};

/** Has leased jobs evaluated, as many at once as there are evaluators, and reports through the backlog. */
export function evaluateDuty(context: EvaluateContext): Duty {
  const claims = createClaims(context.board);
  return { name: "evaluate", run: (_head, signal) => shift({ ...context, claims }, signal) };
}

type Shifting = EvaluateContext & { readonly claims: Claims };

/** Works until there is no job left; what cannot be asked for now is asked for again while others work. */
async function shift(context: Shifting, signal: AbortSignal): Promise<void> {
  const running = new Set<Promise<void>>();
  let broken: Error | undefined;
  let hasNews = false;
  const begin = (judging: Judging) => {
    const done = work(context, judging)
      .catch((error: unknown) => {
        broken ??= asError(error);
      })
      .finally(() => {
        judging.seat.loan.end();
        running.delete(done);
        hasNews = true;
      });
    running.add(done);
  };
  for (;;) {
    hasNews = false;
    const failure = await handOut(context, { begin, signal });
    if (hasNews && !signal.aborted) continue;
    if (running.size === 0 || signal.aborted) {
      await Promise.all(running);
      const problem = broken ?? failure;
      if (problem !== undefined) throw problem;
      return;
    }
    await somethingHappens(context, { running, signal });
  }
}

type Shift = { readonly begin: (judging: Judging) => void; readonly signal: AbortSignal };

/** Sends what is in the backlog, then gives every free evaluator a job; answers with what went wrong. */
async function handOut(context: Shifting, { begin, signal }: Shift): Promise<Error | undefined> {
  let loan: Loan | undefined;
  try {
    await sendBacklog(context, signal);
    for (loan = context.pool.take(); loan !== undefined; loan = context.pool.take()) {
      const job = await asking("a job", context.claims.ask(), signal);
      if (job === null) return undefined;
      context.claims.taken();
      begin({ job, seat: { loan }, signal });
      loan = undefined;
    }
    return undefined;
  } catch (error) {
    return asError(error);
  } finally {
    loan?.end();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** A job is done, an evaluator comes or goes, or it is time to ask again. */
async function somethingHappens(
  { pool }: EvaluateContext,
  { running, signal }: { running: ReadonlySet<Promise<void>>; signal: AbortSignal },
): Promise<void> {
  const over = new AbortController();
  const patience = pause(ASK_AGAIN_MS, AbortSignal.any([signal, over.signal]));
  await Promise.race([...running, pool.changed(), patience]);
  over.abort();
}

/** One job: an answer about the agent goes to the backlog, a failure of this validator gives the job back. */
async function work(context: EvaluateContext, { job, seat, signal }: Judging): Promise<void> {
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
      judge(context, { job, seat, signal: kept }),
    );
    queueResult(store.db, { jobId, attempt, signed: await signStatement(body, context.signer) });
    const successes = body.episodes.filter(({ success }) => success).length;
    log.info(
      {
        ...facts,
        by: seat.loan.worker.name,
        episodes: body.episodes.length,
        successes,
        failure: body.failure,
      },
      LOG.jobEvaluated,
    );
    context.onJob?.("evaluated");
  } catch (error) {
    if (signal.aborted) await release(context, job);
    if (signal.aborted) throw error;
    await failed(context, { job, error, signal });
  }
}

type Failed = { readonly job: Job; readonly error: unknown; readonly signal: AbortSignal };

/** What is this validator's own fault: told here, and to the backend with the code it begins with. */
async function failed(context: EvaluateContext, { job, error, signal }: Failed): Promise<void> {
  const { id: jobId, attempt, submissionId } = job;
  const outcome = OUTCOMES[codeOf(error) ?? ""] ?? "failed";
  const message = outcome === "miscalibrated" ? LOG.hostMiscalibrated : LOG.jobFailed;
  context.log.error({ jobId, attempt, submissionId, ...errorFacts(error) }, message);
  context.onJob?.(outcome);
  if (outcome === "lost") return;
  const { code, error: text } = errorFacts(error);
  await giveBack(context, { job, reason: `${code}: ${text}`.slice(0, 500), signal });
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
