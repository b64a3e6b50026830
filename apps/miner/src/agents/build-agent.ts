import { type Caution, carefulAct } from "./careful.ts";
import { type Code } from "./code.ts";
import { greedyAct } from "./greedy.ts";
import { agentModule } from "./module.ts";
import { randomAct } from "./random.ts";

/** Sees obstacles, yet steers as if it had no momentum. */
const HASTY: Caution = { halvings: 3, lookAhead: 14, room: 1.2, correction: 0.3 };
const CAREFUL: Caution = { ...HASTY, correction: 3 };

const ACTS = {
  random: randomAct,
  greedy: greedyAct,
  hasty: () => carefulAct(HASTY),
  careful: () => carefulAct(CAREFUL),
} as const satisfies Record<string, () => Code>;

/** The sample agents, from the least to the most skilled. */
export type AgentKind = keyof typeof ACTS;

/** Builds a sample agent for waypoint navigation: the same bytes for the same kind, a few hundred of them. */
export function buildAgent(kind: AgentKind): Uint8Array {
  return agentModule(ACTS[kind]());
}
