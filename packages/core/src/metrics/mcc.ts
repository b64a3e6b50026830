/**
 * A Matthews correlation coefficient: +1 perfect, 0 no better than chance, −1 (binary) all wrong.
 *
 * `undefined`: the denominator is zero, because only one class occurred or only one was answered. Nothing can be said
 * then; it is worth 0, but a reader may tell it from a measured 0.
 */
export type Mcc =
  | { readonly status: "defined"; readonly value: number }
  | { readonly status: "undefined"; readonly value: 0 };

/** Numerator and squared denominator of an MCC, exact. */
export type MccTerms = { readonly numerator: bigint; readonly denominatorSquared: bigint };

/** Up to this many answers, 2^26, every count product stays below 2^53, where doubles are exact. */
export const EXACT_ANSWERS = 67_108_864;

/** How often each class occurred and was answered, and how often both agreed. */
export type Marginals = {
  /** s: answers. */
  readonly answers: number;
  /** c: correct ones. */
  readonly correct: number;
  /** t_k: true answers by class. */
  readonly labels: readonly number[];
  /** p_k: predictions by class. */
  readonly predictions: readonly number[];
};

/**
 * numerator / √(left · right), the exact sides of an MCC as doubles.
 *
 * Because numerator² ≤ left · right and rounding is monotone, the result never leaves [−1, 1], and a perfect one is
 * exactly 1.
 */
export function mccOf(numerator: number, left: number, right: number): Mcc {
  const squared = left * right;
  if (squared === 0) return { status: "undefined", value: 0 };
  return { status: "defined", value: numerator / Math.sqrt(squared) };
}
