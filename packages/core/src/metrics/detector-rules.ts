import { assertWhole } from "../assert-whole.ts";
import { CoreError } from "../errors.ts";
import type { Preset } from "../schema/rules-document.ts";
import { WINDOW_SIZE } from "./window.ts";

/** Classes of a detector's answer: 0 real, 1 synthetic, 2 semi-synthetic. */
export const DETECTOR_CLASSES = 3;

/** What a detector looks at. */
export type Modality = "image" | "video";

/** The parameters of a detector's reward. */
export type DetectorRules = {
  /** p_m: each 0 or more, sum 1. */
  readonly modalityWeights: Readonly<Record<Modality, number>>;
  /** w_k: each 0 or more, sum 1. */
  readonly kindWeights: Readonly<Record<"binary" | "multiclass", number>>;
  /** Challenges that are looked back on, see `slide`. */
  readonly window: number;
  /** Fewer valid answers earn nothing. */
  readonly minAnswers: number;
  /** With fewer valid answers the reward is scaled by their share of this; 1 never scales. */
  readonly fullAnswers: number;
  /** Distinct true classes without which nothing is earned. */
  readonly minLabels: number;
  /** Whether a negative MCC counts as 0. */
  readonly isClipped: boolean;
  /** `share`: times 1 − invalid share. `step`: a challenge that fails now zeroes its modality for this step only. */
  readonly invalid: "share" | "step";
};

const COMMON = {
  modalityWeights: { image: 0.6, video: 0.4 },
  kindWeights: { binary: 0.75, multiclass: 0.25 },
  window: WINDOW_SIZE,
  isClipped: true,
} as const;

const PRESETS: Readonly<Record<Preset, DetectorRules>> = {
  assay: { ...COMMON, minAnswers: 1, fullAnswers: 20, minLabels: 2, invalid: "share" },
  source: { ...COMMON, minAnswers: 5, fullAnswers: 1, minLabels: 1, invalid: "step" },
};

/**
 * The rules of a preset.
 *
 * `source` does what BitMind's document says (`bitmind-v3`): fewer than 5 answers earn nothing, an error zeroes one
 * step and stays out of the window. `assay`: invalid answers stay in the window and scale the reward, full pay from 20
 * valid answers on, two distinct labels at least.
 */
export function detectorRules(preset: Preset): DetectorRules {
  return PRESETS[preset];
}

/** Weights that do not sum to 1 would pay more or less than everything; decimals like 0.1 leave a rounding error. */
const SUM_TOLERANCE = 1e-9;

/** Refuses rules whose weights do not sum to 1 or whose counts make no sense: CORE_OUT_OF_RANGE. */
export function assertDetectorRules(rules: DetectorRules): void {
  assertWeights("modalityWeights", Object.values(rules.modalityWeights));
  assertWeights("kindWeights", Object.values(rules.kindWeights));
  for (const name of ["window", "minAnswers", "fullAnswers", "minLabels"] as const)
    assertWhole(name, rules[name], 1);
}

function assertWeights(name: string, weights: readonly number[]): void {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.every((weight) => weight >= 0) && Math.abs(sum - 1) <= SUM_TOLERANCE) return;
  const [value, range] = [weights.join(", "), "0 or more, sum 1"];
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value, range });
}
