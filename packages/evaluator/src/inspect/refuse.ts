import { EvaluatorError } from "../errors.ts";
import type { RefusalReason } from "../failure.ts";

/** Refuses a module: the only way inspection ends other than accepting. */
export function refuse(reason: RefusalReason, detail: string): never {
  throw new EvaluatorError({ code: "EVALUATOR_AGENT_REFUSED", reason, detail }, `${reason}: ${detail}`);
}
