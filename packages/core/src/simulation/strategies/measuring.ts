import { assertWhole } from "../../assert-whole.ts";
import { assertWithin } from "../../assert-within.ts";
import type { Dice } from "../dice.ts";
import type { Scores } from "../types.ts";

/**
 * One measurement of every admitted miner: clip(quality + noise·normal, 0, 1); NaN where nothing was admitted.
 */
export function measure(qualities: Scores, { noise, dice }: { noise: number; dice: Dice }): Float64Array {
  const scores = new Float64Array(qualities.length);
  for (let miner = 0; miner < scores.length; miner += 1) {
    const value = (qualities[miner] ?? Number.NaN) + (noise === 0 ? 0 : noise * dice.normal());
    scores[miner] = Math.min(1, Math.max(0, value));
  }
  return scores;
}

/** Refuses noise that is not in [0, 1,000]: CORE_OUT_OF_RANGE. */
export function assertNoise(noise: number): void {
  assertWithin("noise", noise, [0, 1_000]);
}

/**
 * Noise of a success rate p measured on n episodes: √(p(1 − p)/n), its standard error.
 *
 * @param rate p in [0, 1].
 * @param episodes n, whole, 1 or more.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function samplingNoise(rate: number, episodes: number): number {
  assertWithin("rate", rate, [0, 1]);
  assertWhole("episodes", episodes, 1);
  return Math.sqrt((rate * (1 - rate)) / episodes);
}
