import { assertUnique } from "../../assert-unique.ts";
import type { BarComparison } from "../../schema/candidate.ts";
import type { Thresholds } from "../../schema/competition.ts";
import type { Preset } from "../../schema/rules-document.ts";
import { judgeSubmission, type Verdict } from "./judge.ts";
import type { JudgeInput, ValidatorResult } from "./judge-input.ts";

/** A result over the seeds of one round: from {@link episodesThrough} of the round before up to that of its own. */
export type RoundResult = ValidatorResult & {
  /** 0 for the seeds every agent runs, then 1, 2, … for extra ones. */
  readonly round: number;
};

/** What a submission is judged by when agents near the bar ran extra rounds. */
export type RoundsInput = Omit<JudgeInput, "seedCount" | "entrant" | "leader"> & {
  readonly entrant: readonly RoundResult[];
  readonly leader: { readonly submissionId: string; readonly results: readonly RoundResult[] } | null;
};

/** A verdict, and whether more episodes would be worth their time. */
export type RoundsVerdict = Verdict & {
  /** The last round it rests on. */
  readonly round: number;
  /** The interval straddles the bar, and there is another round. */
  readonly needsMore: boolean;
};

/**
 * Episodes per agent and validator at the end of a round: n_0 = minEpisodes, n_r = min(2·n_(r−1), maxEpisodes), and never
 * fewer than minEpisodes.
 *
 * @param round 0, 1, 2, …
 */
export function episodesThrough(round: number, { minEpisodes, maxEpisodes }: Thresholds): number {
  return Math.max(minEpisodes, Math.min(minEpisodes * 2 ** round, maxEpisodes));
}

/**
 * Whether the paired interval d ± z·SE(d) contains the bar, on either side of d: |d − bar| ≤ z·SE(d), SE(d) > 0.
 *
 * Both sides, so that whoever is over the bar by luck runs on as well: looking several times then favours nobody. An
 * exact copy of the leader has no error and is decided at once. `source`: a single comparison, so never.
 */
export function straddlesBar(
  { difference, differenceError, bar }: BarComparison,
  { preset, thresholds }: { preset: Preset; thresholds: Thresholds },
): boolean {
  const reach = thresholds.zScore * differenceError;
  return preset === "assay" && reach > 0 && Math.abs(difference - bar) <= reach;
}

/**
 * The verdict over the most rounds for which there is a quorum: extra episodes that too few validators ran change
 * nothing, so an extra round never makes a submission unscored. Within a round the rule is {@link judgeSubmission}.
 *
 * @throws CoreError as `judgeSubmission`; CORE_DUPLICATE for two results of one validator in one round.
 */
export function judgeRounds(input: RoundsInput): RoundsVerdict {
  const last = Math.max(0, ...input.entrant.map(({ round }) => round));
  for (let round = last; ; round -= 1) {
    const verdict = judgeSubmission(through(round, input));
    if (verdict.status !== "unscored" || round === 0)
      return { ...verdict, round, needsMore: needsMore(verdict, { ...input, round }) };
  }
}

function through(round: number, input: RoundsInput): JudgeInput {
  const { entrant, leader, thresholds } = input;
  return {
    ...input,
    seedCount: episodesThrough(round, thresholds),
    entrant: joinRounds("entrant", entrant, round),
    leader: leader && { ...leader, results: joinRounds("leader", leader.results, round) },
  };
}

/** Results of the validators that ran every round up to one; an agent that failed as a whole in any of them failed. */
function joinRounds(name: string, results: readonly RoundResult[], last: number): ValidatorResult[] {
  const runs = results.map(({ validator, round }) => `${validator} in round ${round}`);
  assertUnique(`results of the ${name}`, runs);
  const counted = results.filter(({ round }) => round <= last).toSorted((a, b) => a.round - b.round);
  return [...Map.groupBy(counted, ({ validator }) => validator)]
    .filter(([, own]) => own.length === last + 1)
    .map(([validator, own]) => {
      const failure = own.find((result) => result.failure !== null)?.failure ?? null;
      const episodes = failure === null ? own.flatMap((result) => result.episodes) : [];
      return { validator, episodes, failure };
    });
}

function needsMore(
  verdict: Verdict,
  { round, preset, thresholds }: { round: number; preset: Preset; thresholds: Thresholds },
): boolean {
  if (verdict.status === "ineligible" || verdict.comparison === null) return false;
  if (episodesThrough(round + 1, thresholds) === episodesThrough(round, thresholds)) return false;
  return straddlesBar(verdict.comparison, { preset, thresholds });
}
