import { type Caution, carefulAct } from "./careful.ts";
import type { Code } from "./code.ts";
import { greedyAct } from "./greedy.ts";
import { agentModule } from "./module.ts";
import { randomAct } from "./random.ts";

/** The sample agents, from the least to the most skilled. */
export const AGENT_KINDS = ["random", "greedy", "hasty", "careful"] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** Sees obstacles, yet steers as if it had little momentum. */
const HASTY: Caution = { halvings: 3, lookAhead: 14, room: 1.2, correction: 0.3 };
const CAREFUL: Caution = { ...HASTY, correction: 3 };

const ACTS: Readonly<Record<AgentKind, () => Code>> = {
  random: randomAct,
  greedy: greedyAct,
  hasty: () => carefulAct(HASTY),
  careful: () => carefulAct(CAREFUL),
};

/** Builds a sample agent for waypoint navigation: the same bytes for the same kind, a few hundred of them. */
export function buildAgent(kind: AgentKind): Uint8Array {
  return agentModule(ACTS[kind]());
}
