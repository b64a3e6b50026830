import { EvaluatorError } from "../errors.ts";
import type { AgentLimits } from "../evaluator-types.ts";
import { rollout } from "../rollout.ts";
import type { EpisodeResult, Task } from "../task.ts";
import { Container } from "./container.ts";
import { Engine } from "./engine.ts";
import type { ContainerSetup } from "./env.ts";
import { inspectImage } from "./image.ts";
import { CONTAINER_LIMITS } from "./limits.ts";
import { newNames } from "./names.ts";
import { sweep } from "./sweep.ts";

/** Beyond what an agent may use, for all that is not waiting for it. */
const SPARE_MS = 900_000;

type Run = {
  readonly artefact: Uint8Array;
  readonly task: Task;
  readonly seeds: readonly string[];
  readonly limits: AgentLimits;
  readonly signal: AbortSignal;
  readonly containers: ContainerSetup | undefined;
  readonly onProgress: () => void;
};

/** Plays an agent that is an image, in one container for all episodes; the simulator stays in this process. */
export async function playInContainer({
  artefact,
  task,
  seeds,
  limits,
  signal,
  containers,
  onProgress,
}: Run): Promise<EpisodeResult[]> {
  const archive = await inspectImage(artefact);
  const engine = engineOf(containers, task);
  await sweep(engine, Date.now());
  onProgress();
  const allowed = clockLimits(limits, seeds.length);
  const names = newNames(Date.now() + allowed.totalMs + SPARE_MS);
  await engine.import(names, archive);
  onProgress();
  const agent = new Container({ engine, names, task, limits: allowed, signal });
  try {
    await agent.start();
    onProgress();
    return await rollout({ task, seeds, agent, onProgress });
  } finally {
    await agent.stop();
  }
}

/** Time on the clock, as a container's processor time cannot be asked for in the same way everywhere. */
function clockLimits({ turnMs, episodeMs }: AgentLimits, episodes: number) {
  const { clockFactor, maxTotalMs } = CONTAINER_LIMITS;
  const totalMs = Math.min(maxTotalMs, clockFactor * (turnMs + episodeMs * episodes));
  return { turnMs: clockFactor * turnMs, totalMs };
}

function engineOf(containers: ContainerSetup | undefined, { spec: { name: task } }: Task): Engine {
  if (containers !== undefined) return new Engine(containers);
  throw new EvaluatorError(
    { code: "EVALUATOR_CONTAINERS_OFF", task },
    `The agents of ${task} are containers, and this host was not told how to run them: set ASSAY_CONTAINER_COMMAND.`,
  );
}
