import type { Clock, Signer } from "@assay/core";
import type { Pool } from "../evaluators/pool.ts";
import type { Logger } from "../log.ts";
import { within } from "../loop/within.ts";
import type { Store } from "../store/open.ts";
import type { JobBoard } from "./board.ts";

/** Everything the evaluate duty works with. */
export type EvaluateContext = {
  readonly board: JobBoard;
  readonly pool: Pool;
  readonly store: Store;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told what became of each job. */
  readonly onJob?: (outcome: JobOutcome) => void;
};

/**
 * `evaluated` whatever the agent did; `failed` is this validator's own failure, `miscalibrated` that the reference agents
 * earn something else here, `lost` a lease that went to another, `moved` a job that one evaluator lost and another gets.
 */
export type JobOutcome = "evaluated" | "failed" | "miscalibrated" | "lost" | "moved";

/** One request to the backend may take this long. */
const REQUEST_MS = 30_000;

/** A request to the backend under its deadline. */
export function asking<T>(what: string, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return within(promise, { what, ms: REQUEST_MS, signal });
}

/** The stable code of an error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
