import { CodedError } from "@assay/core";
import { destination, type Logger, pino, stdTimeFunctions } from "pino";

export type { Logger } from "pino";

/** The constant message of every log line of the joining process. */
export const LOG = {
  calibrated: "reference agents earn what they must",
  joined: "joined the validator",
  refused: "refused by the validator",
  containersConfined: "containers are confined here",
  containersUnconfined: "containers are not confined here, so none are run",
  away: "the validator is not there yet",
  lost: "no connection to the validator",
  runStarted: "run started",
  runDone: "run done",
  runFailed: "run failed",
  runCancelled: "run cancelled",
  stopping: "evaluator stopping",
  stopped: "evaluator stopped",
  cannotRun: "evaluator cannot run",
} as const;

/** JSON lines on standard error; standard output belongs to the line that says it is ready. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, destination({ fd: 2, sync: true }));
}

/** What a log line says about an error. */
export function errorFacts(error: unknown): { code: string; error: string; facts?: object } {
  if (error instanceof CodedError) return { code: error.code, error: error.message, facts: error.facts };
  return {
    code: "EVALUATOR_UNKNOWN",
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
