import { assertWithin } from "../assert-within.ts";

/** What the score is made of. */
export type Sn34Input = {
  /** In [−1, 1], see `binaryMcc` and `multiclassMcc`. */
  readonly mcc: number;
  /** Mean squared error of the probabilities, 0 or more. */
  readonly brier: number;
};

/** How sharply each part counts. */
export type Sn34Rules = {
  /** α and β: exponents of the two parts, above 0. */
  readonly alpha: number;
  readonly beta: number;
  /** Brier score of a guess: 0.25 for two classes, 2/3 for three. */
  readonly brierBaseline: number;
};

/** The score and its parts, all in [0, 1]. */
export type Sn34Score = {
  readonly mccPart: number;
  readonly brierPart: number;
  readonly score: number;
};

const BINARY_RULES: Sn34Rules = { alpha: 1.2, beta: 1.8, brierBaseline: 0.25 };

/** The square of the least score. */
const FLOOR = 1e-12;

/**
 * BitMind's benchmark score of a detector model: geometric mean of skill and calibration.
 *
 * a = ((MCC + 1) / 2)^α, b = max(0, (B₀ − Brier) / B₀)^β, score = √max(1e-12, a·b). A model no better calibrated than
 * a guess gets the floor, 1e-6. Powers may differ in the last bit between engines: compare within a tolerance.
 *
 * @param rules those of the binary form unless said otherwise.
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see BitMind SN34, gasbench, sn34_score.
 */
export function sn34Score({ mcc, brier }: Sn34Input, rules: Sn34Rules = BINARY_RULES): Sn34Score {
  assertWithin("mcc", mcc, [-1, 1]);
  assertWithin("brier", brier, [0, Number.MAX_VALUE]);
  for (const name of ["alpha", "beta", "brierBaseline"] as const)
    assertWithin(name, rules[name], [Number.MIN_VALUE, Number.MAX_VALUE]);
  const mccPart = ((mcc + 1) / 2) ** rules.alpha;
  const brierPart = Math.max(0, (rules.brierBaseline - brier) / rules.brierBaseline) ** rules.beta;
  return { mccPart, brierPart, score: Math.sqrt(Math.max(FLOOR, mccPart * brierPart)) };
}
