import { agentError } from "./agent-error.ts";
import { EvaluatorError } from "./errors.ts";
import { ROW_HEAD } from "./sandbox/lanes.ts";
import type { EpisodeResult, Simulation, Task } from "./task.ts";

/** Episodes side by side: enough to make a round trip cheap, few enough that 32 memories stay small. */
const LANES = 32;

/** Whoever maps observations to actions; rows as `Lanes.turn` takes them. */
export type AgentPort = { turn(rows: Float64Array): Promise<Float64Array> | Float64Array };

type Lane = {
  readonly id: number;
  readonly index: number;
  readonly simulation: Simulation;
  isFresh: boolean;
};
type RolloutInput = {
  readonly task: Task;
  readonly seeds: readonly string[];
  readonly agent: AgentPort;
  /** Called after every turn. */
  readonly onProgress?: () => void;
};

/** Plays one episode for each seed in lockstep: the simulator steps here, the agent answers elsewhere. */
export async function rollout({ task, seeds, agent, onProgress }: RolloutInput): Promise<EpisodeResult[]> {
  const results = new Map<number, EpisodeResult>();
  const waiting = seeds.entries();
  const open = (id: number): Lane[] => {
    const { value, done } = waiting.next();
    return done === true ? [] : [{ id, index: value[0], simulation: task.start(value[1]), isFresh: true }];
  };
  let lanes = Array.from({ length: LANES }, (_, id) => open(id)).flat();
  while (lanes.length > 0) {
    const actions = await agent.turn(observe(task, lanes));
    assertCount(actions, lanes.length * task.actionLength);
    onProgress?.();
    lanes = lanes.flatMap((lane, i) => {
      const result = act(lane, actions.subarray(i * task.actionLength, (i + 1) * task.actionLength));
      if (result === undefined) return [lane];
      results.set(lane.index, result);
      return open(lane.id);
    });
  }
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

function observe({ observationLength }: Task, lanes: readonly Lane[]): Float64Array {
  const width = ROW_HEAD + observationLength;
  const rows = new Float64Array(lanes.length * width);
  for (const [i, lane] of lanes.entries()) {
    rows[i * width] = lane.id;
    rows[i * width + 1] = lane.isFresh ? 1 : 0;
    lane.isFresh = false;
    lane.simulation.observe(rows.subarray(i * width + ROW_HEAD, (i + 1) * width));
  }
  return rows;
}

function act({ index, simulation }: Lane, action: Float64Array): EpisodeResult | undefined {
  const bad = action.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw agentError(
      "EVALUATOR_AGENT_INVALID_ACTION",
      `episode ${index}: number ${bad} of the action is ${action[bad]}`,
    );
  return simulation.step(action);
}

/** Only a broken sandbox answers with another number of actions; the agent has no say in it. */
function assertCount(actions: Float64Array, expected: number): void {
  if (actions.length === expected) return;
  const detail = `${actions.length} numbers of action instead of ${expected}`;
  throw new EvaluatorError({ code: "EVALUATOR_SANDBOX_FAULT", detail });
}
