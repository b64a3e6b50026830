import { assertWithin } from "../assert-within.ts";
import type { Preset } from "../schema/rules-document.ts";

/** One segmentation challenge of a miner's window; an invalid answer has IoU 0. */
export type SegmenterItem = {
  /** In [0, 1], see `iou`. */
  readonly iou: number;
  /** Area of the truth as a share of the picture, in [0, 1]: what a mask of all ones earns. */
  readonly truthArea: number;
};

/** A segmenter's reward, and what it comes from. */
export type SegmenterReward = {
  /** Mean IoU of the window, in [0, 1]. */
  readonly mean: number;
  /** B: mean truth area of the window, in [0, 1]. */
  readonly baseline: number;
  readonly reward: number;
};

/**
 * Reward of a segmenter over its window of the most recent challenges (`slide`, 200).
 *
 * `source`: the mean IoU. `assay`: max(0, (mean − B) / (1 − B)), B the window's mean truth area, because a mask of all
 * ones earns the truth's area without looking. B = 1 leaves nothing to be found: 0. An empty window earns 0.
 *
 * @param window any order; void challenges are not in it, invalid answers are, with IoU 0.
 * @returns reward in [0, 1]; no item made better lowers it.
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see BitMind SN34, incentive mechanism, segmenter reward.
 */
export function segmenterReward(window: readonly SegmenterItem[], preset: Preset): SegmenterReward {
  for (const item of window) {
    assertWithin("iou", item.iou, [0, 1]);
    assertWithin("truthArea", item.truthArea, [0, 1]);
  }
  const mean = meanOf(window.map((item) => item.iou));
  const baseline = meanOf(window.map(({ truthArea }) => truthArea));
  return { mean, baseline, reward: preset === "source" ? mean : aboveBaseline(mean, baseline) };
}

/** How much of what lies above the baseline was reached: max(0, (mean − B) / (1 − B)); 0 for B = 1. */
function aboveBaseline(mean: number, baseline: number): number {
  return baseline >= 1 ? 0 : Math.max(0, (mean - baseline) / (1 - baseline));
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
