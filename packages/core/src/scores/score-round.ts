import type { Preset } from "../schema/rules-document.ts";
import { ema } from "./ema.ts";
import { afterIdleness, type MinerScore } from "./miner-score.ts";

/** How scores move. */
export type ScoreRules = {
  /** α in (0, 1]. */
  readonly alpha: number;
  /** Blocks without a valid answer that halve a score; null never. */
  readonly idleHalfLifeBlocks: number | null;
  /** What those that were not sampled do: `hold`, or be pulled to a value like 0 as older versions did. */
  readonly unsampled: "hold" | number;
};

/** What one sampled miner got. */
export type Observation = {
  /** C, finite. */
  readonly reward: number;
  /** Whether this answer was valid; only that ends idleness. */
  readonly isValid: boolean;
};

/** One round: a challenge, and what came of it. */
export type ScoreRound = {
  readonly block: number;
  /** By `scoreKey`, one for each miner that was sampled. A void challenge is no round. */
  readonly observations: ReadonlyMap<string, Observation>;
};

const PRESETS: Readonly<Record<Preset, ScoreRules>> = {
  assay: { alpha: 0.02, idleHalfLifeBlocks: 7200, unsampled: "hold" },
  source: { alpha: 0.02, idleHalfLifeBlocks: null, unsampled: "hold" },
};

/** The rules of a preset: α 0.02, who is not sampled holds; `assay` halves every 7,200 blocks without a valid answer. */
export function scoreRules(preset: Preset): ScoreRules {
  return PRESETS[preset];
}

/**
 * All scores after one round.
 *
 * First every score loses the half-lives it was idle ({@link afterIdleness}), then the sampled move by {@link ema}
 * and the others do what `unsampled` says. A miner seen for the first time starts from 0 at this block.
 *
 * @param scores by `scoreKey`; not changed. Keys that are gone from the subnet are the caller's to drop.
 * @returns the same keys in the same order, then the new ones.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function scoreRound(
  scores: ReadonlyMap<string, MinerScore>,
  { block, observations }: ScoreRound,
  rules: ScoreRules,
): Map<string, MinerScore> {
  const fresh: MinerScore = { score: 0, idleSinceBlock: block };
  const keys = new Set([...scores.keys(), ...observations.keys()]);
  const next = (key: string): MinerScore => {
    const idle = { block, halfLifeBlocks: rules.idleHalfLifeBlocks };
    return moved(afterIdleness(scores.get(key) ?? fresh, idle), {
      observation: observations.get(key),
      block,
      rules,
    });
  };
  return new Map([...keys].map((key) => [key, next(key)]));
}

function moved(
  before: MinerScore,
  { observation, block, rules }: { observation: Observation | undefined; block: number; rules: ScoreRules },
): MinerScore {
  const { alpha, unsampled } = rules;
  if (observation !== undefined) {
    const score = ema(before.score, observation.reward, alpha);
    return { score, idleSinceBlock: observation.isValid ? block : before.idleSinceBlock };
  }
  return unsampled === "hold" ? before : { ...before, score: ema(before.score, unsampled, alpha) };
}
