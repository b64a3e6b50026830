import { assertWithin } from "../../assert-within.ts";
import type { MinerStrategy } from "../types.ts";

/**
 * A miner that works: its artefact has a quality, which it may improve step by step and which may drift.
 *
 * Quality after k epochs: clip(quality + improvement·k + drift·Σ normal, 0, 1); bytes change when quality does.
 *
 * @param work quality in [0, 1]; improvement per epoch, in [-1, 1]; drift, the standard deviation of an epoch's change,
 *   in [0, 1].
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function honestMiner(work: { quality: number; improvement?: number; drift?: number }): MinerStrategy {
  const { quality: start, improvement = 0, drift = 0 } = work;
  assertWithin("quality", start, [0, 1]);
  assertWithin("improvement", improvement, [-1, 1]);
  assertWithin("drift", drift, [0, 1]);
  return {
    name: "honest",
    start: ({ hotkey, dice }) => {
      let level = start;
      let artefact = { content: `${hotkey}@0`, quality: clipped(start) };
      return ({ epoch }) => {
        if (epoch > 0) level = clipped(level + improvement + (drift === 0 ? 0 : drift * dice.normal()));
        if (clipped(level) !== artefact.quality)
          artefact = { content: `${hotkey}@${epoch}`, quality: clipped(level) };
        return artefact;
      };
    },
  };
}

function clipped(quality: number): number {
  return Math.min(1, Math.max(0, quality));
}
