import { CodedError } from "@assay/core";
import { destination, type Logger, pino, stdTimeFunctions } from "pino";

export type { Logger } from "pino";

/** JSON lines on standard error; standard output belongs to results. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, destination({ fd: 2, sync: true }));
}

/** What a log line says about an error: its code and facts, or that it is unknown. */
export function errorFacts(error: unknown): { code: string; error: string; facts?: object } {
  if (error instanceof CodedError) return { code: error.code, error: error.message, facts: error.facts };
  return {
    code: "VALIDATOR_UNKNOWN",
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
