import { AGENT_ABI, WAYPOINT_OBSERVATION } from "@assay/evaluator";
import { type Code, f64, i32, type Local } from "./code.ts";

type Field = Exclude<keyof typeof WAYPOINT_OBSERVATION, "obstacles" | "numbersPerObstacle">;

/** Reads one number of the observation. */
export function observed(field: Field): Code {
  return f64.load(AGENT_ABI.observationOffset + 8 * WAYPOINT_OBSERVATION[field]);
}

/** Reads x, y and radius of the obstacle with this number. */
export function obstacle(index: Local): { x: Code; y: Code; radius: Code } {
  const { obstacles, numbersPerObstacle } = WAYPOINT_OBSERVATION;
  const base = i32.mul(index.get, i32.const(8 * numbersPerObstacle));
  const read = (part: number) => f64.load(AGENT_ABI.observationOffset + 8 * (obstacles + part), base);
  return { x: read(0), y: read(1), radius: read(2) };
}

/** Writes the action. */
export function move(x: Code, y: Code): Code {
  return [...f64.store(AGENT_ABI.actionOffset, x), ...f64.store(AGENT_ABI.actionOffset + 8, y)];
}

/** The address of the n-th number an agent keeps between two acts. */
export function kept(n: number): number {
  return AGENT_ABI.ownOffset + 8 * n;
}
