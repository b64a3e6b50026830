import type { BarComparison } from "../../schema/candidate.ts";
import type { Quorum } from "../../scores/quorum.ts";
import type { Shortfall } from "./eligibility.ts";
import type { Finding } from "./finding.ts";

const CONTESTED =
  " The stake-weighted median is over the bar only with, or only without, the cap per coldkey: two people must decide.";

/** Why a submission is unscored, in one sentence. */
export function explainMissingQuorum(
  { validators, required, stakeShare }: Quorum,
  { rosterSize, hasLeader }: { rosterSize: number; hasLeader: boolean },
): string {
  if (rosterSize === 0) return "Not scored: no validator that may judge this miner was asked.";
  const [share, half] = inWords(stakeShare, 0.5, percent);
  const subject = hasLeader ? "this agent and the leader" : "this agent";
  const scored = `${validators} of the ${rosterSize} validators asked, with ${share} of the stake, scored ${subject}`;
  return `Not scored: ${scored}; it takes at least ${required} with ${half}.`;
}

/** What a finding means to the miner, in one sentence; a second one if it is contested. */
export function explainFinding(finding: Finding, contested: boolean): string {
  return `${explain(finding)}${contested ? CONTESTED : ""}`;
}

function explain({ status, failure, shortfalls, comparison, figures }: Finding): string {
  if (failure !== null) return `The agent failed (${failure.code}): ${failure.detail}`;
  const [shortfall] = shortfalls;
  if (shortfall !== undefined) return explainShortfall(shortfall);
  if (comparison !== null) return explainComparison(comparison, status === "candidate");
  const success = `a success rate of ${percent(figures.successRate)}`;
  const reward = `a mean reward of ${plain(figures.meanReward)}`;
  return `There was no leader, and ${success} and ${reward} over ${figures.episodes} episodes reach every minimum.`;
}

function explainShortfall({ figure, actual, required }: Shortfall): string {
  if (figure === "episodes") return `Only ${actual} episodes were run, but ${required} are required.`;
  const [name, format] =
    figure === "success-rate" ? (["success rate", percent] as const) : (["mean reward", plain] as const);
  const [reached, minimum] = inWords(actual, required, format);
  return `The ${name} is ${reached}, but at least ${minimum} is required.`;
}

function explainComparison(comparison: BarComparison, isOver: boolean): string {
  const { metric, difference, bar, leaderFigures } = comparison;
  const [subject, figure, format] =
    metric === "success-rate"
      ? (["success rate", percent(leaderFigures.successRate), points] as const)
      : (["mean reward", plain(leaderFigures.meanReward), plain] as const);
  const [lead, needed] = inWords(difference, bar, format);
  if (isOver)
    return `The ${subject} is ${lead} above the leader's ${figure}, more than the ${needed} it takes.`;
  const behind = format(-difference);
  const place = difference < 0 ? `${behind} below` : difference > 0 ? `${lead} above` : "equal to";
  return `The ${subject} is ${place} the leader's ${figure}, but must be more than ${needed} above it.`;
}

/** Significant digits to try, so that two numbers that differ never read the same. */
const DIGITS = [4, 6, 9, 17] as const;

type Format = (value: number, digits?: number) => string;

function inWords(a: number, b: number, format: Format): [string, string] {
  const digits = DIGITS.find((count) => format(a, count) !== format(b, count)) ?? DIGITS[0];
  return [format(a, digits), format(b, digits)];
}

function plain(value: number, digits: number = DIGITS[0]): string {
  return String(Number(value.toPrecision(digits)));
}

function percent(share: number, digits?: number): string {
  return `${plain(share * 100, digits)} %`;
}

function points(share: number, digits?: number): string {
  return `${plain(share * 100, digits)} percentage points`;
}
