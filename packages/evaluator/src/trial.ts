import {
  type AgentFigures,
  agentFigures,
  deriveSeeds,
  type EvaluatorIdentity,
  type Interval,
  type Json,
  sha256Hex,
  wilsonInterval,
} from "@assay/core";
import { type ContainerSetup, containerSetup } from "./container/env.ts";
import { createEvaluator, DEFAULT_LIMITS } from "./evaluator.ts";
import type { AgentLimits } from "./evaluator-types.ts";
import type { AgentFailure } from "./failure.ts";
import type { EpisodeResult } from "./task.ts";
import { builtInTask } from "./tasks/built-in.ts";

export type TrialRequest = {
  readonly agent: Uint8Array;
  /** Name of a built-in task. */
  readonly task: string;
  readonly config?: { [key: string]: Json };
  readonly episodes: number;
  /** Any text; the same text means the same episodes. */
  readonly seed: string;
  readonly limits?: Partial<AgentLimits>;
  /** How containers are run; default: what `ASSAY_CONTAINER_COMMAND` says. */
  readonly containers?: ContainerSetup;
};

/** What a trial says; `failure` is what a validator would report instead of episodes, and null if all is well. */
export type Trial = {
  readonly identity: EvaluatorIdentity;
  readonly limits: AgentLimits;
  readonly failure: AgentFailure | null;
  readonly episodes: readonly EpisodeResult[];
  readonly figures: AgentFigures | null;
  /** Holds the true success rate with 95 % confidence (Wilson). */
  readonly successInterval: Interval | null;
  readonly steps: number;
  /** Time on the wall per step, process start included: the one figure that differs from run to run. */
  readonly msPerStep: number | null;
};

const CONFIDENCE_95 = 1.96;

/** Runs an agent as a validator would, on public seeds, without chain or backend. */
export async function tryAgent(request: TrialRequest): Promise<Trial> {
  const { agent: artefact, config, episodes: count, seed } = request;
  const limits = { ...DEFAULT_LIMITS, ...request.limits };
  const seeds = await deriveSeeds({ secret: await sha256Hex(seed), randomness: "trial", count });
  const task = builtInTask(request.task, config);
  const { containers = containerSetup() } = request;
  const evaluator = createEvaluator({ task, limits, containers });
  const { identity } = evaluator;
  const startedAt = performance.now();
  try {
    const evaluation = await evaluator.evaluate({ artefact, seeds });
    if (!evaluation.ok) return { identity, limits, failure: evaluation.failure, ...NO_EPISODES };
    const { episodes } = evaluation;
    return { identity, limits, failure: null, ...judged(episodes, performance.now() - startedAt) };
  } finally {
    await evaluator.close();
  }
}

const NO_EPISODES = { episodes: [], figures: null, successInterval: null, steps: 0, msPerStep: null };

function judged(episodes: readonly EpisodeResult[], ms: number) {
  const successes = episodes.filter(({ success }) => success).length;
  const steps = episodes.reduce((sum, episode) => sum + episode.steps, 0);
  return {
    episodes,
    figures: agentFigures(episodes),
    successInterval: wilsonInterval({ successes, trials: episodes.length }, CONFIDENCE_95),
    steps,
    msPerStep: ms / steps,
  };
}
