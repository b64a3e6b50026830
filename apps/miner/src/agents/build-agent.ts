import { type Caution, carefulAct } from "./careful.ts";
import type { Code } from "./code.ts";
import { greedyAct } from "./greedy.ts";
import { agentModule } from "./module.ts";
import { type Feedback, pendulumAct } from "./pendulum.ts";
import { randomAct } from "./random.ts";

/** For waypoint navigation, from the least to the most skilled; the first acts at random in any task. */
export const WAYPOINT_AGENT_KINDS = ["random", "greedy", "hasty", "careful"] as const;
/** The sample agents for the inverted pendulum, from the least to the most skilled. */
export const PENDULUM_AGENT_KINDS = ["leaning", "balancing"] as const;
export const AGENT_KINDS = [...WAYPOINT_AGENT_KINDS, ...PENDULUM_AGENT_KINDS] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** Sees obstacles, yet steers as if it had little momentum. */
const HASTY: Caution = { halvings: 3, lookAhead: 14, room: 1.2, correction: 0.3 };
const CAREFUL: Caution = { ...HASTY, correction: 3 };

/** Keeps the pole upright and forgets that the track ends. */
const LEANING: Feedback = { position: 0, velocity: 0, tiltSine: 6, turnRate: 1, haste: 0 };
const BALANCING: Feedback = { position: 0.4, velocity: 0.7, tiltSine: 8, turnRate: 2, haste: 2 };

const ACTS: Readonly<Record<AgentKind, () => Code>> = {
  random: randomAct,
  greedy: greedyAct,
  hasty: () => carefulAct(HASTY),
  careful: () => carefulAct(CAREFUL),
  leaning: () => pendulumAct(LEANING),
  balancing: () => pendulumAct(BALANCING),
};

/** Builds a sample agent: the same bytes for the same kind, a few hundred of them. */
export function buildAgent(kind: AgentKind): Uint8Array {
  return agentModule(ACTS[kind]());
}
