import type { BarComparison } from "../../schema/candidate.ts";
import type { Quorum } from "../../scores/quorum.ts";
import type { Shortfall } from "./eligibility.ts";
import type { Finding } from "./finding.ts";

const CONTESTED =
  " The stake-weighted median agrees only with or only without the cap per coldkey, so two people must decide.";

/** Why a submission is unscored, in one sentence. */
export function explainMissingQuorum(
  { validators, required, stakeShare }: Quorum,
  { rosterSize, hasLeader }: { rosterSize: number; hasLeader: boolean },
): string {
  if (rosterSize === 0) return "No validator that may judge this miner was asked.";
  const subject = hasLeader ? "this agent and the leader" : "this agent";
  const stake = `${percent(stakeShare)} of the stake`;
  return `${validators} of ${rosterSize} validators with ${stake} scored ${subject}; it takes ${required} with 50.00 %.`;
}

/** What a finding means to the miner, in one sentence; a second one if it is contested. */
export function explainFinding(finding: Finding, contested: boolean): string {
  return `${explain(finding)}${contested ? CONTESTED : ""}`;
}

function explain({ status, failure, shortfalls, comparison, figures }: Finding): string {
  if (failure !== null) return `The agent failed with ${failure.code}: ${failure.detail}`;
  const [shortfall] = shortfalls;
  if (shortfall !== undefined) return explainShortfall(shortfall);
  if (comparison !== null) return explainComparison(comparison, status === "candidate");
  const reached = `${percent(figures.successRate)} success and a mean reward of ${plain(figures.meanReward)}`;
  return `There is no leader yet, and ${reached} over ${figures.episodes} episodes reach every minimum.`;
}

function explainShortfall({ figure, actual, required }: Shortfall): string {
  if (figure === "episodes") return `Only ${actual} episodes were run, but ${required} are required.`;
  if (figure === "success-rate")
    return `The success rate is ${percent(actual)}, but ${percent(required)} is required.`;
  return `The mean reward is ${plain(actual)}, but ${plain(required)} is required.`;
}

function explainComparison(
  { metric, difference, bar, leaderFigures }: BarComparison,
  isOver: boolean,
): string {
  const isRate = metric === "success-rate";
  const amount = isRate ? points : plain;
  const leader = isRate ? percent(leaderFigures.successRate) : plain(leaderFigures.meanReward);
  const side = difference < 0 ? "below" : "above";
  const lead = `The ${isRate ? "success rate" : "mean reward"} is ${amount(Math.abs(difference))} ${side} the leader's ${leader}`;
  return isOver
    ? `${lead}, more than the ${amount(bar)} that were needed.`
    : `${lead}, but it takes more than ${amount(bar)} above it.`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function points(share: number): string {
  return `${(share * 100).toFixed(2)} percentage points`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}
