import type { Metric } from "../../metrics/paired-difference.ts";
import type { Thresholds } from "../../schema/competition.ts";
import type { Preset } from "../../schema/rules-document.ts";
import type { AgentFigures } from "../../schema/submission.ts";

/** What the bar depends on besides the thresholds. */
export type BarInput = {
  readonly preset: Preset;
  /** L: the leader's figure in the metric compared. */
  readonly leaderValue: number;
  /** SE(d): standard error of the paired difference. */
  readonly error: number;
};

/**
 * The metric two agents are compared by.
 *
 * `assay`: success rate, or mean reward once both reach the ceiling. `source`: mean reward.
 */
export function comparedMetric(
  preset: Preset,
  {
    challenger,
    leader,
    thresholds,
  }: { challenger: AgentFigures; leader: AgentFigures; thresholds: Thresholds },
): Metric {
  if (preset === "source") return "mean-reward";
  const lower = Math.min(challenger.successRate, leader.successRate);
  return lower >= thresholds.ceiling ? "mean-reward" : "success-rate";
}

/**
 * The bar: lead over the leader that a challenger must exceed, strictly.
 *
 * `assay`: max(z·SE(d), min(max(m·|L|, ε), (ceiling − L)/2)): more than luck explains, and a real step, but never
 * more than half the way to the ceiling. A leader at or above the ceiling leaves no such half: then max(m·|L|, ε).
 * `source`: m·|L|.
 *
 * Turning a lost seed into a won one never loses the bar. A single huge reward may: it raises the error as much as the
 * mean, and counts as luck.
 *
 * @param thresholds m = winMargin, z = zScore, ε = minLead, ceiling.
 * @returns the lead in the unit of the metric, 0 or more.
 */
export function bar({ preset, leaderValue, error }: BarInput, thresholds: Thresholds): number {
  const relative = thresholds.winMargin * Math.abs(leaderValue);
  if (preset === "source") return relative;
  const step = Math.max(relative, thresholds.minLead);
  const halfWay = (thresholds.ceiling - leaderValue) / 2;
  const real = halfWay > 0 ? Math.min(step, halfWay) : step;
  return Math.max(thresholds.zScore * error, real);
}
