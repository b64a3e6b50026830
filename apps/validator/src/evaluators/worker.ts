import type { Job } from "@assay/core";
import type { Evaluation, Task } from "@assay/evaluator";

/** One agent to be evaluated, with everything that needs; no key is in it. */
export type Assignment = {
  readonly job: Job;
  readonly task: Task;
  readonly artefact: Uint8Array;
  /** SHA-256 of the canonical JSON of the job's seeds. */
  readonly seedsHash: string;
  readonly signal: AbortSignal;
};

/** Whoever evaluates agents, one at a time; rejects only for what is no fault of the agent. */
export type Worker = {
  readonly name: string;
  /** Whether it can run agents of the task's kind. */
  suits(task: Task): boolean;
  evaluate(assignment: Assignment): Promise<Evaluation>;
};

/** Beyond every limit an evaluator itself enforces. */
export const EVALUATION_MS = 30 * 60_000;
