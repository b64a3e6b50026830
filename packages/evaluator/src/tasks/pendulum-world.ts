import type { InvertedPendulumConfig } from "@assay/core";
import { Prng } from "../prng.ts";

/** A gust: a force in newtons on the cart from one step up to, not including, another. */
export type Push = { readonly from: number; readonly to: number; readonly newtons: number };

/** What the seed decides of one episode; lengths in metres. */
export type Pendulum = {
  readonly position: number;
  readonly tiltSine: number;
  readonly poleLength: number;
  readonly pushes: readonly Push[];
};

const CENTIMETRES = 100;

/** Draws the start, the pole and the gusts of a seed. */
export function drawPendulum(config: InvertedPendulumConfig, seed: string): Pendulum {
  const prng = new Prng(seed);
  const room = config.halfTrackCentimetres / (2 * CENTIMETRES);
  const tilt = config.startTiltPercent / 100;
  return {
    position: prng.between(-room, room),
    tiltSine: prng.between(-tilt, tilt),
    poleLength: prng.between(config.poleCentimetresMin, config.poleCentimetresMax) / CENTIMETRES,
    pushes: drawPushes(config, prng),
  };
}

/** One gust in each stretch of `gustEverySteps`, somewhere inside it, so that none can be foreseen. */
function drawPushes(
  { maxSteps, gustEverySteps, gustSteps, gustNewtons }: InvertedPendulumConfig,
  prng: Prng,
) {
  const pushes: Push[] = [];
  for (let stretch = 0; stretch + gustEverySteps <= maxSteps; stretch += gustEverySteps) {
    const from = stretch + (prng.nextWord() % (gustEverySteps - gustSteps + 1));
    pushes.push({ from, to: from + gustSteps, newtons: prng.between(-gustNewtons, gustNewtons) });
  }
  return pushes;
}

/** The force of the gust that blows in a step, zero if none does. */
export function pushAt(pushes: readonly Push[], step: number): number {
  return pushes.find(({ from, to }) => step >= from && step < to)?.newtons ?? 0;
}
