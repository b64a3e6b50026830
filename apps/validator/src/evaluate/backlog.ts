import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { closeResult, listQueuedResults, type QueuedResult } from "../store/results.ts";
import { asking, codeOf, type EvaluateContext } from "./context.ts";

/** Refusals that sending again cannot cure; after any other error the result stays in the backlog. */
const FINAL = new Set([
  "API_INVALID_INPUT",
  "API_BODY_TOO_LARGE",
  "API_NOT_FOUND",
  "API_JOB_NOT_YOURS",
  "API_LEASE_LOST",
  "API_RESULT_REFUSED",
  "API_RESULT_CONFLICT",
]);

/** Results sent in one go. */
const BATCH = 20;

/**
 * Sends what is in the backlog, oldest first. A refusal concerns one result and the others are still sent; without an
 * answer from the backend the rest waits, and the error says why.
 */
export async function sendBacklog(context: EvaluateContext, signal: AbortSignal): Promise<void> {
  for (const result of listQueuedResults(context.store.db, BATCH)) await send(context, result, signal);
}

async function send(context: EvaluateContext, result: QueuedResult, signal: AbortSignal): Promise<void> {
  const { board, store, log } = context;
  const { jobId, attempt, signed } = result;
  try {
    await asking("the receipt of a result", board.results.report(signed), signal);
  } catch (error) {
    return noteRefused(context, result, error);
  }
  closeResult(store.db, result, { state: "acknowledged", problem: null });
  log.info({ jobId, attempt }, LOG.resultReported);
}

function noteRefused({ store, log }: EvaluateContext, result: QueuedResult, error: unknown): void {
  const code = codeOf(error);
  if (!code?.startsWith("API_")) throw error;
  if (FINAL.has(code)) closeResult(store.db, result, { state: "refused", problem: code });
  const { jobId, attempt } = result;
  log.error({ jobId, attempt, isFinal: FINAL.has(code), ...errorFacts(error) }, LOG.resultRefused);
}
