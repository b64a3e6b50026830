import type { Evaluation } from "@assay/evaluator";
import { ValidatorError } from "../errors.ts";
import type { Loan, Pool, Wish } from "../evaluators/pool.ts";
import type { Assignment } from "../evaluators/worker.ts";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { codeOf, type EvaluateContext } from "./context.ts";

/** Evaluators that may fail at one job before it is given back. */
const TRIES = 3;
/** An evaluator that was restarted is back long before. */
const BORROW_MS = 120_000;

/** Who works on a job at present. */
export type Seat = { loan: Loan };

/**
 * Evaluates with the worker at hand and, if that one is lost, with another: the lease stays, whoever works. The last try
 * is this host's own, if it may, so that no evaluator elsewhere can keep a job from being judged.
 */
export async function evaluateSomewhere(
  { pool, log, onJob }: EvaluateContext,
  { assignment, seat }: { assignment: Assignment; seat: Seat },
): Promise<Evaluation> {
  const { job, task, signal } = assignment;
  if (!seat.loan.worker.suits(task)) await change(seat, { pool, signal, wish: { task } });
  for (let tried = 1; ; tried += 1) {
    try {
      return await seat.loan.worker.evaluate(assignment);
    } catch (error) {
      if (codeOf(error) !== "VALIDATOR_EVALUATOR_LOST" || tried === TRIES) throw error;
      log.warn({ jobId: job.id, attempt: job.attempt, ...errorFacts(error) }, LOG.jobMoved);
      onJob?.("moved");
    }
    await change(seat, { pool, signal, wish: { task, wantsLocal: tried === TRIES - 1 } });
  }
}

type Change = { readonly pool: Pool; readonly signal: AbortSignal; readonly wish: Wish };

/** Another takes the seat. The pool itself is told when to give up: a loan that came too late would never end. */
async function change(seat: Seat, { pool, signal, wish }: Change): Promise<void> {
  seat.loan.end();
  const patience = new AbortController();
  const what = "an evaluator for this kind of agents";
  const tooLate = () =>
    patience.abort(new ValidatorError({ code: "VALIDATOR_DEADLINE", what, ms: BORROW_MS }));
  const timer = setTimeout(tooLate, BORROW_MS);
  try {
    seat.loan = await pool.borrow(AbortSignal.any([signal, patience.signal]), wish);
  } finally {
    clearTimeout(timer);
  }
}
