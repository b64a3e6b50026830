import { CodedError } from "@assay/core";
import type { RefusalReason } from "./failure.ts";

/** Everything `@assay/evaluator` throws; codes EVALUATOR_AGENT_… blame the agent, the others never do. */
export type EvaluatorErrorFacts =
  | { code: "EVALUATOR_AGENT_REFUSED"; reason: RefusalReason; detail: string }
  | { code: "EVALUATOR_AGENT_TIMEOUT"; detail: string }
  | { code: "EVALUATOR_AGENT_OUT_OF_MEMORY"; detail: string }
  | { code: "EVALUATOR_AGENT_TRAP"; detail: string }
  | { code: "EVALUATOR_AGENT_INVALID_ACTION"; detail: string }
  | { code: "EVALUATOR_TASK_UNKNOWN"; task: string; version: string }
  | { code: "EVALUATOR_CONFIG_INVALID"; task: string; path: string; reason: string }
  | { code: "EVALUATOR_IDENTITY_MISMATCH"; field: string; named: string; own: string }
  | { code: "EVALUATOR_SEED_INVALID"; index: number }
  | { code: "EVALUATOR_NO_SEEDS" }
  | { code: "EVALUATOR_LIMIT_INVALID"; name: string; value: string }
  | { code: "EVALUATOR_ABORTED" }
  | { code: "EVALUATOR_CLOSED" }
  | { code: "EVALUATOR_SANDBOX_DIED"; exitCode: number | null; signal: string | null; output: string }
  | { code: "EVALUATOR_SANDBOX_STALLED"; waitedMs: number }
  | { code: "EVALUATOR_SANDBOX_FAULT"; detail: string };

export class EvaluatorError extends CodedError<EvaluatorErrorFacts> {}
