import type { EvaluatorIdentity } from "@assay/core";
import type { ContainerSetup } from "./container/env.ts";
import type { AgentFailure } from "./failure.ts";
import type { EpisodeResult, Task } from "./task.ts";

/** Processor time (all threads of the agent's process) an agent may use, in milliseconds. */
export type AgentLimits = {
  /** For one turn: one action in each of the episodes that run side by side; also for compilation. */
  readonly turnMs: number;
  /** Per episode on average: all turns together get `turnMs + episodeMs × episodes`. */
  readonly episodeMs: number;
};

export type EvaluatorOptions = {
  /** Default: waypoint navigation with its default config. */
  readonly task?: Task;
  readonly limits?: Partial<AgentLimits>;
  /** How this host runs containers, for tasks that want them; default: what `ASSAY_CONTAINER_COMMAND` says. */
  readonly containers?: ContainerSetup | undefined;
};

export type EvaluateRequest = {
  /** The submitted bytes: a WebAssembly module, or an image for a task of containers, as `docs/agents.md` describes them. */
  readonly artefact: Uint8Array;
  /** One seed of 64 lower-case hex digits for each episode. */
  readonly seeds: readonly string[];
  readonly limits?: Partial<AgentLimits>;
  readonly signal?: AbortSignal;
  /** Called whenever the evaluation has got on by a step, say a turn of all episodes that run side by side. */
  readonly onProgress?: () => void;
};

/** One result for each seed, in the order of the seeds, or the one failure that ended the agent. */
export type Evaluation =
  | { readonly ok: true; readonly episodes: readonly EpisodeResult[] }
  | { readonly ok: false; readonly failure: AgentFailure };

/** `createEvaluator(options?: EvaluatorOptions): Evaluator`. */
export type Evaluator = {
  readonly identity: EvaluatorIdentity;
  readonly task: Task;
  /** Rejects with `EvaluatorError` only for a failure of the evaluator itself. */
  evaluate(request: EvaluateRequest): Promise<Evaluation>;
  /** Ends running evaluations (they reject with EVALUATOR_CLOSED) and refuses new ones. */
  close(): Promise<void>;
};
