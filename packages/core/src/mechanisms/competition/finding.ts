import { agentFigures, failedEpisodes } from "../../metrics/agent.ts";
import { pairedDifference } from "../../metrics/paired-difference.ts";
import type { BarComparison } from "../../schema/candidate.ts";
import type { Thresholds } from "../../schema/competition.ts";
import type { AgentFailure, Episode } from "../../schema/evaluation.ts";
import type { Preset } from "../../schema/rules-document.ts";
import type { AgentFigures } from "../../schema/submission.ts";
import type { RosterValidator } from "../../scores/roster.ts";
import { bar, comparedMetric } from "./bar.ts";
import { type Shortfall, shortfalls } from "./eligibility.ts";
import type { JudgeInput, ValidatorResult } from "./judge-input.ts";

/** What one validator's own figures say about an entrant. */
export type Finding = RosterValidator & {
  readonly status: "ineligible" | "below-bar" | "candidate";
  readonly figures: AgentFigures;
  readonly comparison: BarComparison | null;
  readonly failure: AgentFailure | null;
  readonly shortfalls: readonly Shortfall[];
};

/** The finding of one validator; undefined if it has not scored the entrant, or not the leader there is. */
export function findingOf(validator: RosterValidator, input: JudgeInput): Finding | undefined {
  const entrant = input.entrant.find((result) => result.validator === validator.hotkey);
  const leader = input.leader?.results.find((result) => result.validator === validator.hotkey);
  if (entrant === undefined || (input.leader !== null && leader === undefined)) return undefined;
  const episodes = episodesOf(entrant, input.seedCount);
  const figures = agentFigures(episodes);
  const missed = shortfalls(figures, input.thresholds);
  const comparison =
    input.leader === null || leader === undefined
      ? null
      : compare(episodes, {
          leader: episodesOf(leader, input.seedCount),
          leaderSubmissionId: input.leader.submissionId,
          preset: input.preset,
          thresholds: input.thresholds,
        });
  const isIneligible = entrant.failure !== null || missed.length > 0;
  const status = isIneligible ? "ineligible" : marginOf(comparison) > 0 ? "candidate" : "below-bar";
  return { ...validator, status, figures, comparison, failure: entrant.failure, shortfalls: missed };
}

/** margin = d − bar; without a leader there is nothing to exceed. */
export function marginOf(comparison: BarComparison | null): number {
  return comparison === null ? Number.POSITIVE_INFINITY : comparison.difference - comparison.bar;
}

const STANDING = { ineligible: 0, "below-bar": 1, candidate: 2 } as const;

/** Ascending order of findings: by status, margin (without leader success rate), mean reward, then hotkey. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    STANDING[a.status] - STANDING[b.status] ||
    standing(a) - standing(b) ||
    a.figures.meanReward - b.figures.meanReward ||
    (a.hotkey < b.hotkey ? -1 : 1)
  );
}

function standing({ comparison, figures }: Finding): number {
  return comparison === null ? figures.successRate : marginOf(comparison);
}

function episodesOf({ episodes, failure }: ValidatorResult, seedCount: number): readonly Episode[] {
  return failure === null ? episodes : failedEpisodes(seedCount);
}

function compare(
  challenger: readonly Episode[],
  {
    leader,
    leaderSubmissionId,
    preset,
    thresholds,
  }: { leader: readonly Episode[]; leaderSubmissionId: string; preset: Preset; thresholds: Thresholds },
): BarComparison {
  const leaderFigures = agentFigures(leader);
  const figures = { challenger: agentFigures(challenger), leader: leaderFigures, thresholds };
  const metric = comparedMetric(preset, figures);
  const { difference, error } = pairedDifference(challenger, leader, metric);
  const leaderValue = metric === "success-rate" ? leaderFigures.successRate : leaderFigures.meanReward;
  return {
    metric,
    leaderSubmissionId,
    leaderFigures,
    difference,
    differenceError: error,
    bar: bar({ preset, leaderValue, error }, thresholds),
  };
}
