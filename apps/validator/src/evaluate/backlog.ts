import type { Receipt } from "@assay/core";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { acknowledgeResult, listQueuedResults, type QueuedResult, refuseResult } from "../store/results.ts";
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

/** The part of the evaluate duty that sends results. */
type Sending = Pick<EvaluateContext, "board" | "store" | "log">;

/**
 * Sends what is in the backlog, oldest first. A refusal concerns one result and the others are still sent; without an
 * answer from the backend the rest waits, and the error says why.
 */
export async function sendBacklog(context: Sending, signal: AbortSignal): Promise<void> {
  for (const result of listQueuedResults(context.store.db, BATCH)) await send(context, result, signal);
}

async function send(context: Sending, result: QueuedResult, signal: AbortSignal): Promise<void> {
  const { board, store, log } = context;
  const { jobId, attempt, signed } = result;
  let receipt: Receipt;
  try {
    ({ receipt } = await asking("the receipt of a result", board.reportResult(signed), signal));
  } catch (error) {
    return noteRefused(context, result, error);
  }
  acknowledgeResult(store.db, result, receipt);
  log.info({ jobId, attempt }, LOG.resultReported);
}

/** A receipt that proves nothing is no acknowledgement: the result is sent again, and the others all the same. */
function noteRefused({ store, log }: Sending, result: QueuedResult, error: unknown): void {
  const code = codeOf(error);
  if (!code?.startsWith("API_") && code !== "CLIENT_BAD_RECEIPT") throw error;
  if (FINAL.has(code)) refuseResult(store.db, result, code);
  const { jobId, attempt } = result;
  log.error({ jobId, attempt, isFinal: FINAL.has(code), ...errorFacts(error) }, LOG.resultRefused);
}
