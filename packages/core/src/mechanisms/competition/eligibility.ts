import type { Thresholds } from "../../schema/competition.ts";
import type { AgentFigures } from "../../schema/submission.ts";

/** A minimum that was not reached. */
export type Shortfall = {
  readonly figure: "episodes" | "success-rate" | "mean-reward";
  readonly actual: number;
  readonly required: number;
};

/**
 * What keeps an agent from being eligible: every minimum its figures do not reach, none if it is eligible.
 *
 * episodes ≥ minEpisodes, success rate ≥ minSuccessRate, mean reward ≥ minAvgReward; reaching a minimum exactly is
 * enough. Quorum is judged apart, see `quorum`.
 *
 * @param figures of one agent, finite.
 * @param thresholds in force when the cycle began.
 */
export function shortfalls(figures: AgentFigures, thresholds: Thresholds): Shortfall[] {
  const minimums: Shortfall[] = [
    { figure: "episodes", actual: figures.episodes, required: thresholds.minEpisodes },
    { figure: "success-rate", actual: figures.successRate, required: thresholds.minSuccessRate },
    { figure: "mean-reward", actual: figures.meanReward, required: thresholds.minAvgReward },
  ];
  return minimums.filter(({ actual, required }) => actual < required);
}

/** Whether an agent's figures reach every minimum. */
export function isEligible(figures: AgentFigures, thresholds: Thresholds): boolean {
  return shortfalls(figures, thresholds).length === 0;
}
