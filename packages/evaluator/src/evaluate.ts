import { AGENT_ABI } from "./agent-abi.ts";
import { agentFailureOf } from "./agent-error.ts";
import type { ContainerSetup } from "./container/env.ts";
import { playInContainer } from "./container/play.ts";
import type { AgentLimits, Evaluation } from "./evaluator-types.ts";
import { type InspectedAgent, inspectAgent } from "./inspect/inspect.ts";
import { rollout } from "./rollout.ts";
import type { AgentSetup } from "./sandbox/lanes.ts";
import { Sandbox } from "./sandbox/sandbox.ts";
import type { EpisodeResult, Task } from "./task.ts";

/** A process that answers nothing for this long, on top of ten times the turn's limit, is stuck. */
const STALL_MS = 30_000;

export type Run = {
  readonly artefact: Uint8Array;
  readonly task: Task;
  readonly seeds: readonly string[];
  readonly limits: AgentLimits;
  readonly signal: AbortSignal;
  readonly containers: ContainerSetup | undefined;
  readonly onProgress: () => void;
};

/** Inspects, then runs an agent in a process or container of its own; its failures are answers, all else is thrown. */
export async function evaluate(run: Run): Promise<Evaluation> {
  try {
    return { ok: true, episodes: await play(run) };
  } catch (error) {
    const failure = agentFailureOf(error);
    if (failure === undefined) throw error;
    return { ok: false, failure };
  }
}

function play(run: Run): Promise<EpisodeResult[]> {
  return run.task.agents === "container" ? playInContainer(run) : playInProcess(run);
}

async function playInProcess({
  artefact,
  task,
  seeds,
  limits,
  signal,
  onProgress,
}: Run): Promise<EpisodeResult[]> {
  const agent = inspectAgent(artefact);
  const { turnMs, episodeMs } = limits;
  const totalMs = turnMs + episodeMs * seeds.length;
  const allowed = { turnMs, totalMs, processBytes: AGENT_ABI.maxProcessBytes };
  const sandbox = new Sandbox({ stallMs: STALL_MS + 10 * turnMs, signal });
  try {
    await sandbox.load({ artefact, setup: setupOf(task, agent), limits: allowed });
    onProgress();
    return await rollout({ task, seeds, agent: sandbox, onProgress });
  } finally {
    await sandbox.stop();
  }
}

/** What a sandbox needs to know besides the module itself. */
export function setupOf(task: Task, { initialPages, maximumPages }: InspectedAgent): AgentSetup {
  const { observationLength, actionLength } = task;
  const { observationOffset, actionOffset } = AGENT_ABI;
  return { initialPages, maximumPages, observationLength, actionLength, observationOffset, actionOffset };
}
