import { type Code, functionBody, Locals } from "./code.ts";
import { move, observed } from "./observation.ts";

/** Heads straight for the waypoint and hopes that nothing stands in between. */
export function greedyAct(): Code {
  return functionBody(new Locals(), move(observed("targetX"), observed("targetY")));
}
