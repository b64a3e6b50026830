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

/**
 * Noise of a success rate p measured on n episodes: √(p(1 − p)/n), its standard error.
 *
 * @param rate p in [0, 1]; episodes n, 1 or more.
 */
export function samplingNoise(rate: number, episodes: number): number {
  return Math.sqrt((rate * (1 - rate)) / episodes);
}
