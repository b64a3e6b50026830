import { assertWhole } from "../assert-whole.ts";
import { assertWithin } from "../assert-within.ts";

/** The two last leaders, and how long the present one has led. */
export type Reign = {
  /** S: score of the leader, in [0, 1]. */
  readonly leader: number;
  /** Score of the leader before; the same as S if there was none. */
  readonly previous: number;
  /** x: epochs since the leader took over, whole, 0 or more. */
  readonly epochs: number;
};

/** How high a challenger must reach, and for how long. */
export type ChallengerRules = {
  /** ε: lead that is always required. */
  readonly epsilon: number;
  /** Boost for each unit the leader improved by. */
  readonly gain: number;
  /** Largest boost. */
  readonly cap: number;
  /** Epochs after which only ε is left, 1 or more. */
  readonly horizon: number;
};

/** The score to beat and how it came about. */
export type ChallengerThreshold = {
  readonly boost: number;
  /** Decay per epoch; 0 if there is nothing to decay. */
  readonly rate: number;
  readonly threshold: number;
};

const BITMIND_RULES: ChallengerRules = { epsilon: 0.01, gain: 2.5, cap: 0.05, horizon: 140 };

/**
 * The score a challenger must beat while a new leader's boost decays.
 *
 * T(x) = max(S + ε, (S + boost)·e^(−k·x)), boost = min(cap, gain·(S − S_prev)), k = ln((S + boost)/(S + ε)) / horizon, 0 when
 * boost ≤ ε. A leader that improved much is safe for longer; a leader that did not improve has no boost. Exponentials
 * may differ in the last bit between engines: compare within a tolerance.
 *
 * @param rules those of BitMind 4.1 unless said otherwise.
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see BitMind SN34, winner-take-all threshold.
 */
export function challengerThreshold(
  { leader, previous, epochs }: Reign,
  rules: ChallengerRules = BITMIND_RULES,
): ChallengerThreshold {
  assertWithin("leader", leader, [0, 1]);
  assertWithin("previous", previous, [0, 1]);
  assertWhole("epochs", epochs);
  const { epsilon, gain, cap, horizon } = rules;
  assertWithin("epsilon", epsilon, [Number.EPSILON, 1]);
  assertWithin("gain", gain, [0, 1000]);
  assertWithin("cap", cap, [0, 1]);
  assertWhole("horizon", horizon, 1);
  const boost = Math.max(0, Math.min(cap, gain * (leader - previous)));
  const rate = boost > epsilon ? Math.log((leader + boost) / (leader + epsilon)) / horizon : 0;
  const decayed = rate === 0 ? 0 : (leader + boost) * Math.exp(-rate * epochs);
  return { boost, rate, threshold: Math.max(leader + epsilon, decayed) };
}
