import { InvertedPendulumConfig } from "@assay/core";
import { configHashOf, parseConfig } from "../config.ts";
import type { EpisodeResult, Simulation, Task } from "../task.ts";
import { drawPendulum, type Pendulum, type Push, pushAt } from "./pendulum-world.ts";

export const INVERTED_PENDULUM = { name: "inverted-pendulum", version: "1" } as const;

/** Where each number of an observation stands, in metres, seconds, radians and newtons. */
export const PENDULUM_OBSERVATION = {
  position: 0,
  velocity: 1,
  tiltSine: 2,
  tiltCosine: 3,
  turnRate: 4,
  motorForce: 5,
  stepsLeft: 6,
  halfTrack: 7,
  fullForce: 8,
  poleLength: 9,
} as const;

const OBSERVATION_LENGTH = 10;
const STANDING_SHARE = 0.7;
const STEP_SECONDS = 0.02;
const GRAVITY = 9.81;
const CART_KILOGRAMS = 1;
const POLE_KILOGRAMS = 0.1;
const MASS = CART_KILOGRAMS + POLE_KILOGRAMS;

/**
 * The task: balance a pole on a cart by pushing the cart, while gusts push too. An action is the wanted force as a share of
 * full force; the motor only approaches it. Falling or leaving the track ends the episode; standing for all
 * steps is success. Reward in [0, 1]: 0.7 × share of steps stood + 0.3 × their closeness to the middle, summed, as a share.
 */
export function invertedPendulum(config: Partial<InvertedPendulumConfig> = {}): Task {
  const full = parseConfig(INVERTED_PENDULUM.name, { schema: InvertedPendulumConfig, config });
  return {
    spec: { ...INVERTED_PENDULUM, config: full, configHash: configHashOf(full) },
    rewardRange: [0, 1],
    observationLength: OBSERVATION_LENGTH,
    actionLength: 1,
    start: (seed) => new PendulumSimulation(full, drawPendulum(full, seed)),
  };
}

class PendulumSimulation implements Simulation {
  readonly #config: InvertedPendulumConfig;
  readonly #poleLength: number;
  readonly #pushes: readonly Push[];
  #position: number;
  #velocity = 0;
  #sine: number;
  #cosine: number;
  #turnRate = 0;
  #motor = 0;
  #steps = 0;
  #closeness = 0;

  constructor(config: InvertedPendulumConfig, { poleLength, pushes, position, tiltSine }: Pendulum) {
    this.#config = config;
    this.#poleLength = poleLength;
    this.#pushes = pushes;
    this.#position = position;
    this.#sine = tiltSine;
    this.#cosine = Math.sqrt(1 - tiltSine * tiltSine);
  }

  observe(into: Float64Array): void {
    const { maxSteps, fullForceNewtons } = this.#config;
    into.set([this.#position, this.#velocity, this.#sine, this.#cosine, this.#turnRate, this.#motor]);
    into.set(
      [maxSteps - this.#steps, this.#halfTrack(), fullForceNewtons, this.#poleLength],
      PENDULUM_OBSERVATION.stepsLeft,
    );
  }

  step(action: Float64Array): EpisodeResult | undefined {
    const { fullForceNewtons, motorPercent, maxSteps } = this.#config;
    const wanted = fullForceNewtons * Math.max(-1, Math.min(1, action[0] ?? 0));
    this.#motor += (motorPercent * (wanted - this.#motor)) / 100;
    this.#advance(this.#motor + pushAt(this.#pushes, this.#steps));
    if (this.#hasEnded()) return this.#result(false);
    this.#steps += 1;
    this.#closeness += 1 - Math.abs(this.#position) / this.#halfTrack();
    return this.#steps >= maxSteps ? this.#result(true) : undefined;
  }

  /** The equations of Barto, Sutton and Anderson (1983) without friction, in semi-implicit steps. */
  #advance(force: number): void {
    const half = this.#poleLength / 2;
    const [sine, cosine, rate] = [this.#sine, this.#cosine, this.#turnRate];
    const shared = (force + POLE_KILOGRAMS * half * rate * rate * sine) / MASS;
    const inertia = half * (4 / 3 - (POLE_KILOGRAMS * cosine * cosine) / MASS);
    const turn = (GRAVITY * sine - cosine * shared) / inertia;
    const push = shared - (POLE_KILOGRAMS * half * turn * cosine) / MASS;
    this.#turnRate += STEP_SECONDS * turn;
    this.#velocity += STEP_SECONDS * push;
    this.#rotate((STEP_SECONDS * this.#turnRate) / 2);
    this.#position += STEP_SECONDS * this.#velocity;
  }

  /** Turns by 2·atan(half): rational, so no sine or cosine of the machine's library decides an outcome. */
  #rotate(half: number): void {
    const [cos, sin] = [1 - half * half, 2 * half];
    const sine = this.#sine * cos + this.#cosine * sin;
    const cosine = this.#cosine * cos - this.#sine * sin;
    const length = Math.sqrt(sine * sine + cosine * cosine);
    this.#sine = sine / length;
    this.#cosine = cosine / length;
  }

  /** Written as a negation, so that a state that is no number has ended too. */
  #hasEnded(): boolean {
    const stands = this.#cosine > 0 && Math.abs(this.#sine) <= this.#config.fallTiltPercent / 100;
    return !(stands && Math.abs(this.#position) <= this.#halfTrack());
  }

  #halfTrack(): number {
    return this.#config.halfTrackCentimetres / 100;
  }

  /** The step that ended it counts as taken, not as stood. */
  #result(success: boolean): EpisodeResult {
    const { maxSteps } = this.#config;
    const reward = (STANDING_SHARE * this.#steps + (1 - STANDING_SHARE) * this.#closeness) / maxSteps;
    return { success, reward: Math.min(1, reward), steps: success ? this.#steps : this.#steps + 1 };
  }
}
