import { AGENT_ABI, PENDULUM_OBSERVATION } from "@assay/evaluator";
import { type Code, f64, functionBody, Locals } from "./code.ts";

/** How strongly each quantity pushes the cart, as a share of full force. */
export type Feedback = {
  readonly position: number;
  readonly velocity: number;
  readonly tiltSine: number;
  readonly turnRate: number;
  /** How far past the wanted force the action aims, since the motor only approaches it. */
  readonly haste: number;
};

/** Pushes the cart under the pole, and back to the middle as far as the feedback cares for place. */
export function pendulumAct(feedback: Feedback): Code {
  const { position, velocity, tiltSine, turnRate, haste } = feedback;
  const locals = new Locals();
  const wanted = locals.f64();
  return functionBody(
    locals,
    wanted.set(weighed("position", position)),
    wanted.set(f64.add(wanted.get, weighed("velocity", velocity))),
    wanted.set(f64.add(wanted.get, weighed("tiltSine", tiltSine))),
    wanted.set(f64.add(wanted.get, weighed("turnRate", turnRate))),
    f64.store(AGENT_ABI.actionOffset, f64.add(wanted.get, f64.mul(f64.const(haste), lag(wanted.get)))),
  );
}

function lag(wanted: Code): Code {
  return f64.sub(wanted, f64.div(seen("motorForce"), seen("fullForce")));
}

function weighed(field: keyof typeof PENDULUM_OBSERVATION, factor: number): Code {
  return f64.mul(f64.const(factor), seen(field));
}

function seen(field: keyof typeof PENDULUM_OBSERVATION): Code {
  return f64.load(AGENT_ABI.observationOffset + 8 * PENDULUM_OBSERVATION[field]);
}
