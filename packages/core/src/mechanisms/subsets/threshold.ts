import type { Preset } from "../../schema/rules-document.ts";
import { type EnvironmentRecord, rateOf } from "./candidate.ts";

const Z = 1.5;
const [LEAST_GAP, LARGEST_GAP] = [0.02, 0.1];
const [LEAST_RATE, LARGEST_RATE] = [0.01, 0.99];

/**
 * The success rate that a later agent must exceed, strictly, to beat an earlier one in one environment.
 *
 * `assay`: T = p + min(gap, (1 − p)/2); `source`: T = min(p + gap, 1), which nobody exceeds from 98 % on. With
 * gap = clip(1.5·√(q(1 − q)/n), 0.02, 0.10), q = clip(p, 0.01, 0.99), n the episodes really run; 0.10 without any.
 *
 * Under `assay` T stays below 1 unless p is 1, and never falls as p grows: more successes never make an agent easier to
 * beat.
 *
 * @param incumbent the earlier agent's record, whole numbers.
 * @returns T in [0.02, 1].
 * @see Kinitro, threshold to beat an earlier miner.
 */
export function environmentThreshold(preset: Preset, incumbent: EnvironmentRecord): number {
  const p = rateOf(incumbent);
  const q = clip(p, LEAST_RATE, LARGEST_RATE);
  const error = incumbent.episodes === 0 ? LARGEST_GAP : Z * Math.sqrt((q * (1 - q)) / incumbent.episodes);
  const gap = clip(error, LEAST_GAP, LARGEST_GAP);
  return preset === "source" ? Math.min(p + gap, 1) : p + Math.min(gap, (1 - p) / 2);
}

function clip(value: number, least: number, largest: number): number {
  return Math.min(Math.max(value, least), largest);
}
