import { setupOf } from "../evaluate.ts";
import { inspectAgent } from "../inspect/inspect.ts";
import { rollout } from "../rollout.ts";
import { Lanes } from "../sandbox/lanes.ts";
import type { EpisodeResult, Task } from "../task.ts";

/** Plays an agent without a process around it, for comparison with the real thing. */
export function playInProcess(
  artefact: Uint8Array,
  { task, seeds }: { task: Task; seeds: readonly string[] },
) {
  const agent = new Lanes(artefact, setupOf(task, inspectAgent(artefact)));
  return rollout({ task, seeds, agent }) satisfies Promise<EpisodeResult[]>;
}
