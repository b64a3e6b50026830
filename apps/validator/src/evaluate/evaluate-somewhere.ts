import { type Evaluation, EvaluatorError, type Task } from "@assay/evaluator";
import { ValidatorError } from "../errors.ts";
import type { Loan, Pool } from "../evaluators/pool.ts";
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
 * Evaluates with the worker at hand and, if that one is lost, with another: the lease stays, whoever works. The last try,
 * and any after an offence, is this host's own, if it may: no evaluator elsewhere can keep a job from being judged, or hold
 * it up twice.
 */
export async function evaluateSomewhere(
  { pool, log, onJob }: EvaluateContext,
  { assignment, seat }: { assignment: Assignment; seat: Seat },
): Promise<Evaluation> {
  const { job, task, signal } = assignment;
  if (!seat.loan.worker.suits(task)) await change(seat, { pool, signal, wish: { task } });
  let isHeldUp = false;
  for (let tried = 1; ; tried += 1) {
    try {
      return await seat.loan.worker.evaluate(assignment);
    } catch (error) {
      if (codeOf(error) !== "VALIDATOR_EVALUATOR_LOST" || tried === TRIES) throw error;
      log.warn({ jobId: job.id, attempt: job.attempt, ...errorFacts(error) }, LOG.jobMoved);
      onJob?.("moved");
      isHeldUp ||= isOffence(error);
    }
    const wantsLocal = isHeldUp || tried === TRIES - 1;
    await change(seat, { pool, signal, wish: { task, wantsLocal } });
  }
}

/** Whether an evaluator was cut off for what it did: whoever brings the secret once more may do so again. */
function isOffence(error: unknown): boolean {
  return error instanceof ValidatorError && "reason" in error.facts && error.facts.reason !== null;
}

type Change = {
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly wish: { readonly task: Task; readonly wantsLocal?: boolean };
};

/** Another takes the seat. The pool itself is told when to give up: a loan that came too late would never end. */
async function change(seat: Seat, { pool, signal, wish }: Change): Promise<void> {
  seat.loan.end();
  const { task } = wish;
  if (pool.isHopeless(task)) throw containersOff(task);
  const patience = new AbortController();
  const what = "an evaluator for this kind of agents";
  const busy = () => new ValidatorError({ code: "VALIDATOR_DEADLINE", what, ms: BORROW_MS });
  const tooLate = () => patience.abort(pool.has(task) ? busy() : containersOff(task));
  const timer = setTimeout(tooLate, BORROW_MS);
  try {
    seat.loan = await pool.borrow(AbortSignal.any([signal, patience.signal]), wish);
  } finally {
    clearTimeout(timer);
  }
}

function containersOff({ spec: { name: task } }: Task): EvaluatorError {
  const advice = "set ASSAY_CONTAINER_COMMAND here, or let an evaluator join that has it";
  const message = `The agents of ${task} are containers, and nobody here runs them: ${advice}.`;
  return new EvaluatorError({ code: "EVALUATOR_CONTAINERS_OFF", task }, message);
}
