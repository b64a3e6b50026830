import type { EvaluatorIdentity } from "@assay/core";
import { CODE_HASH } from "./code-hash.ts";
import { EvaluatorError } from "./errors.ts";
import type { Task } from "./task.ts";

/** The identity of this evaluator for one configured task. */
export function identityOf({ spec }: Task): EvaluatorIdentity {
  return { task: spec.name, version: spec.version, configHash: spec.configHash, codeHash: CODE_HASH };
}

/** Refuses work that names another evaluator than the one at hand. */
export function assertSameEvaluator(named: EvaluatorIdentity, own: EvaluatorIdentity): void {
  for (const field of ["task", "version", "configHash", "codeHash"] as const) {
    if (named[field] === own[field]) continue;
    const facts = { field, named: named[field], own: own[field] };
    throw new EvaluatorError({ code: "EVALUATOR_IDENTITY_MISMATCH", ...facts });
  }
}
