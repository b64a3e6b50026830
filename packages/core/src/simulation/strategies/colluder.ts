import type { SimulatedMiner, ValidatorStrategy } from "../types.ts";

/**
 * A member of a cabal: 1 for the miners it favours, 0 for all others, and its weights evenly on those it favours.
 *
 * @param favours hotkeys; none that competes means no weights.
 */
export function colluder({ favours }: { favours: readonly string[] }): ValidatorStrategy {
  return favouring("colluder", ({ hotkey }) => favours.includes(hotkey));
}

/** A strategy that scores miners 1 or 0 and weighs those it likes evenly. */
export function favouring(name: string, likes: (miner: SimulatedMiner) => boolean): ValidatorStrategy {
  return {
    name,
    start: ({ miners }) => {
      const scores = Float64Array.from(miners, (miner) => (likes(miner) ? 1 : 0));
      const liked = scores.reduce((sum, score) => sum + score, 0);
      const shares = liked === 0 ? null : scores.map((score) => score / liked);
      return { report: () => scores, weigh: () => shares };
    },
  };
}
