import { assertFinite, assertWithin } from "../assert-within.ts";

/**
 * Exponential moving average: V ← α·C + (1 − α)·V.
 *
 * Moves from V towards C, never past either; after n rounds of the same C a share of (1 − α)^n of the old V is left
 * (half after 34 rounds at α = 0.02).
 *
 * @param previous V, finite.
 * @param observed C, the reward now, finite.
 * @param alpha in (0, 1].
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see BitMind SN34, incentive mechanism, score vector.
 */
export function ema(previous: number, observed: number, alpha: number): number {
  assertFinite("score", previous);
  assertFinite("reward", observed);
  assertWithin("alpha", alpha, [Number.MIN_VALUE, 1]);
  const moved = alpha * observed + (1 - alpha) * previous;
  // Rounding must not carry the average past what it averages: a steady miner would drift.
  return Math.min(Math.max(moved, Math.min(previous, observed)), Math.max(previous, observed));
}
