import { assertWhole } from "../assert-whole.ts";
import { assertWithin } from "../assert-within.ts";
import type { Modality } from "./detector-rules.ts";

/** What a generator delivered in one modality within the lookback. */
export type Delivered = {
  /** Items that passed every check, and items that did not; whole, 0 or more. */
  readonly verified: number;
  readonly failed: number;
  /** What its price tier multiplies by, 0 or more; 1 is the cheapest. */
  readonly multiplier: number;
};

/** All that a generator is paid for. */
export type GeneratorWork = Readonly<Record<Modality, Delivered>> & {
  /** Detections of its items that were wrong, and that were right; whole, 0 or more. */
  readonly fooled: number;
  readonly notFooled: number;
};

/** The reward and its parts. */
export type GeneratorReward = {
  readonly volume: Readonly<Record<Modality, number>>;
  readonly base: Readonly<Record<Modality, number>>;
  readonly foolBonus: number;
  readonly reward: number;
};

const MODALITY_WEIGHTS: Readonly<Record<Modality, number>> = { image: 0.3, video: 0.7 };

/** Items up to which each counts in full; beyond, only the logarithm does. */
const FULL_VOLUME = 10;
/** Detections up to which the fool rate counts in proportion to their number. */
const FULL_SAMPLE = 20;
const LEAST_CONFIDENCE = 0.5;
const MOST_BONUS = 2;

/** Large enough for any price, small enough that no product overflows. */
const MAX_FACTOR = 1e9;

/**
 * BitMind's reward of a generator: (Σ_m p_m·base_m)·(1 + bonus).
 *
 * base = pass rate · volume · multiplier, volume = min(n, 10) + log2(max(1, n − 9)) for n verified items. bonus =
 * min(2, fool rate · s) with c detections: s = max(0.5, c/20) below 20, else min(2, 1 + ln(c/20)). Nothing delivered, or
 * nothing detected, counts as rate 0. Logarithms may differ in the last bit between engines.
 *
 * @param weights p_m, 0 or more; 0.3 for images and 0.7 for videos unless said otherwise.
 * @returns reward 0 or more, unbounded in the volume.
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see BitMind SN34, generators.
 */
export function generatorReward(work: GeneratorWork, weights = MODALITY_WEIGHTS): GeneratorReward {
  const { image, video, fooled, notFooled } = work;
  assertWhole("fooled", fooled);
  assertWhole("notFooled", notFooled);
  for (const modality of ["image", "video"] as const) {
    assertDelivered(work[modality]);
    assertWithin(`weight of ${modality}`, weights[modality], [0, MAX_FACTOR]);
  }
  const foolBonus = bonus(fooled, fooled + notFooled);
  const base = { image: baseOf(image), video: baseOf(video) };
  const reward = (weights.image * base.image + weights.video * base.video) * (1 + foolBonus);
  return { volume: { image: volumeOf(image), video: volumeOf(video) }, base, foolBonus, reward };
}

function baseOf(delivered: Delivered): number {
  const { verified, failed, multiplier } = delivered;
  return rate(verified, verified + failed) * volumeOf(delivered) * multiplier;
}

function volumeOf({ verified }: Delivered): number {
  return Math.min(verified, FULL_VOLUME) + Math.log2(Math.max(1, verified - FULL_VOLUME + 1));
}

function bonus(fooled: number, detections: number): number {
  return Math.min(MOST_BONUS, rate(fooled, detections) * confidence(detections));
}

function confidence(detections: number): number {
  const sample = detections / FULL_SAMPLE;
  return sample < 1 ? Math.max(LEAST_CONFIDENCE, sample) : Math.min(MOST_BONUS, 1 + Math.log(sample));
}

function rate(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function assertDelivered({ verified, failed, multiplier }: Delivered): void {
  assertWhole("verified", verified);
  assertWhole("failed", failed);
  assertWithin("multiplier", multiplier, [0, MAX_FACTOR]);
}
