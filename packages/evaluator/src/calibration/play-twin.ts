import { setImmediate as breathe } from "node:timers/promises";
import { type AgentPort, rollout } from "../rollout.ts";
import { ROW_HEAD } from "../sandbox/lanes.ts";
import type { EpisodeResult, Task } from "../task.ts";
import type { Act, Twin } from "./twins.ts";

type Playing = {
  readonly task: Task;
  readonly seeds: readonly string[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: () => void;
};

/** Plays a twin in this process; between two turns everything else has its turn, too. */
export function playTwin(
  twin: Twin,
  { task, seeds, signal, onProgress = () => {} }: Playing,
): Promise<EpisodeResult[]> {
  const acts = new Map<number, Act>();
  const width = ROW_HEAD + task.observationLength;
  const actOf = (lane: number, isFresh: boolean): Act => {
    const act = (isFresh ? undefined : acts.get(lane)) ?? twin();
    acts.set(lane, act);
    return act;
  };
  const agent: AgentPort = {
    async turn(rows) {
      await breathe();
      signal?.throwIfAborted();
      const actions = Array.from({ length: rows.length / width }, (_, i) => {
        const [lane = 0, isFresh, ...observation] = rows.subarray(i * width, (i + 1) * width);
        return actOf(lane, isFresh === 1)(Float64Array.from(observation));
      });
      return Float64Array.from(actions.flat());
    },
  };
  return rollout({ task, seeds, agent, onProgress });
}
