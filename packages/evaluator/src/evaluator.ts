import type { EvaluatorIdentity } from "@assay/core";
import { type ContainerSetup, containerSetup } from "./container/env.ts";
import { EvaluatorError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import type {
  AgentLimits,
  EvaluateRequest,
  Evaluation,
  Evaluator,
  EvaluatorOptions,
} from "./evaluator-types.ts";
import { identityOf } from "./identity.ts";
import { assertSeeds } from "./seeds.ts";
import type { Task } from "./task.ts";
import { waypointNavigation } from "./tasks/waypoint-navigation.ts";

/** Processor time an honest agent stays far below on any machine. */
export const DEFAULT_LIMITS: AgentLimits = { turnMs: 2_000, episodeMs: 150 };

/** An evaluator of one configured task; every evaluation runs in a fresh process, several may run at once. */
export function createEvaluator(options: EvaluatorOptions = {}): Evaluator {
  return new ProcessEvaluator(options);
}

class ProcessEvaluator implements Evaluator {
  readonly task: Task;
  readonly identity: EvaluatorIdentity;
  readonly #limits: AgentLimits;
  readonly #containers: ContainerSetup | undefined;
  readonly #running = new Map<AbortController, Promise<Evaluation>>();
  #isClosed = false;

  constructor({ task = waypointNavigation(), limits = {}, containers = containerSetup() }: EvaluatorOptions) {
    this.task = task;
    this.#containers = containers;
    this.identity = identityOf(task);
    this.#limits = withDefaults(limits, DEFAULT_LIMITS);
  }

  async evaluate({
    artefact,
    seeds,
    limits = {},
    signal,
    onProgress = () => {},
  }: EvaluateRequest): Promise<Evaluation> {
    if (this.#isClosed) throw new EvaluatorError({ code: "EVALUATOR_CLOSED" });
    assertSeeds(seeds);
    const stop = new AbortController();
    const forward = () => stop.abort(aborted(signal?.reason));
    signal?.addEventListener("abort", forward, { once: true });
    if (signal?.aborted === true) forward();
    const allowed = withDefaults(limits, this.#limits);
    const means = { task: this.task, containers: this.#containers, limits: allowed };
    const run = evaluate({ ...means, artefact, seeds, signal: stop.signal, onProgress });
    this.#running.set(stop, run);
    try {
      return await run;
    } finally {
      this.#running.delete(stop);
      signal?.removeEventListener("abort", forward);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#running.keys()) stop.abort(new EvaluatorError({ code: "EVALUATOR_CLOSED" }));
    await Promise.allSettled(this.#running.values());
  }
}

function aborted(cause: unknown): EvaluatorError {
  return new EvaluatorError({ code: "EVALUATOR_ABORTED" }, "the evaluation was aborted", { cause });
}

function withDefaults(limits: Partial<AgentLimits>, defaults: AgentLimits): AgentLimits {
  const merged = { ...defaults, ...limits };
  for (const [name, value] of Object.entries(merged))
    if (!(value > 0 && value <= 86_400_000))
      throw new EvaluatorError({ code: "EVALUATOR_LIMIT_INVALID", name, value: String(value) });
  return merged;
}
