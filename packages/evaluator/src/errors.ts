import { CodedError } from "@assay/core";
import type { RefusalReason } from "./failure.ts";

/** Everything `@assay/evaluator` throws; codes EVALUATOR_AGENT_… blame the agent, the others never do. */
export type EvaluatorErrorFacts =
  /** Inspection or the engine refused the agent before it ran. */
  | { code: "EVALUATOR_AGENT_REFUSED"; reason: RefusalReason; detail: string }
  /** The agent used up its processor time. */
  | { code: "EVALUATOR_AGENT_TIMEOUT"; detail: string }
  /** The agent used up its memory, or its process did. */
  | { code: "EVALUATOR_AGENT_OUT_OF_MEMORY"; detail: string }
  /** The agent's code trapped. */
  | { code: "EVALUATOR_AGENT_TRAP"; detail: string }
  /** A number of an action was not finite. */
  | { code: "EVALUATOR_AGENT_INVALID_ACTION"; detail: string }
  /** A job names a task, or a version of it, that this evaluator does not have. */
  | { code: "EVALUATOR_TASK_UNKNOWN"; task: string; version: string }
  /** A task does not know a setting, or not with this value. */
  | { code: "EVALUATOR_CONFIG_INVALID"; task: string; path: string; reason: string }
  /** A job names another evaluator than the one at hand. */
  | { code: "EVALUATOR_IDENTITY_MISMATCH"; field: string; named: string; own: string }
  /** A reference agent earned something else here than everywhere: nothing this evaluator says can be trusted. */
  | {
      code: "EVALUATOR_MISCALIBRATED";
      task: string;
      configHash: string;
      agent: string;
      expected: string;
      found: string;
    }
  /** A seed is not 64 lower-case hex digits. */
  | { code: "EVALUATOR_SEED_INVALID"; index: number }
  /** There is nothing to evaluate without seeds. */
  | { code: "EVALUATOR_NO_SEEDS" }
  /** A limit is not a positive number of milliseconds up to a day. */
  | { code: "EVALUATOR_LIMIT_INVALID"; name: string; value: string }
  /** The caller's signal ended the evaluation. */
  | { code: "EVALUATOR_ABORTED" }
  /** The evaluator was closed. */
  | { code: "EVALUATOR_CLOSED" }
  /** The agent's process could not be started or ended by itself. */
  | { code: "EVALUATOR_SANDBOX_DIED"; exitCode: number | null; signal: string | null; output: string }
  /** The agent's process did not answer in time. */
  | { code: "EVALUATOR_SANDBOX_STALLED"; waitedMs: number }
  /** The bytes of an agent are not those their hash names. */
  | { code: "EVALUATOR_ARTEFACT_MISMATCH"; named: string; found: string }
  /** One or more settings of `assay evaluator` are missing or wrong. */
  | { code: "EVALUATOR_SETTINGS_INVALID"; problems: readonly string[] }
  /** The validator does not take this evaluator, and trying again would not change that. */
  | { code: "EVALUATOR_JOIN_REFUSED"; reason: string; url: string }
  /** This host was not told how to run containers. */
  | { code: "EVALUATOR_CONTAINERS_OFF"; task: string }
  /** The container engine does not answer as one should. */
  | { code: "EVALUATOR_CONTAINER_ENGINE_FAILED"; command: string; detail: string }
  /** A container of our own that only exits does not do so here: no agent can be judged. */
  | { code: "EVALUATOR_CONTAINER_PROBE_FAILED"; exitCode: number | null; detail: string }
  /** In the log and on the wire only: an error that has no code of its own. */
  | { code: "EVALUATOR_UNKNOWN" }
  /** The agent's process answered what no process of ours should. */
  | { code: "EVALUATOR_SANDBOX_FAULT"; detail: string };

export class EvaluatorError extends CodedError<EvaluatorErrorFacts> {}
