import { assertUnique } from "../../assert-unique.ts";
import { CoreError } from "../../errors.ts";
import { compareRationals, type Rational, rational } from "../../exact/rational.ts";
import { PPB } from "../../schema/primitives.ts";
import type { Preset } from "../../schema/rules-document.ts";
import { quorum } from "../../scores/quorum.ts";
import { ranking } from "../../scores/ranking.ts";
import { impartialRoster, type RosterValidator } from "../../scores/roster.ts";
import { assertStakes, sumOf } from "../../scores/stake.ts";
import { stakeMean } from "../../scores/stake-mean.ts";
import type { AcceptedAgent } from "./entries.ts";
import { byAcceptance } from "./entries.ts";
import type { TournamentResult } from "./results.ts";

/** An entry with its aggregate: `score` decides, `value` is for reading. */
export type Standing = AcceptedAgent & {
  readonly score: Rational;
  readonly value: number;
  /** Validators whose scores counted, and their share of the stake that may judge this miner. */
  readonly validators: number;
  readonly stakeShare: number;
  readonly reachesMinScore: boolean;
};

/** Everything a tournament is ranked by. */
export type RankingInput = {
  readonly preset: Preset;
  /** Locked entries. */
  readonly entries: readonly AcceptedAgent[];
  /** Results that stand, see `settleResults`; those of other agents do not count. */
  readonly results: readonly TournamentResult[];
  /** Validators asked, with coldkey and stake frozen at the lock. */
  readonly roster: readonly RosterValidator[];
  /** Billionths of a point of score. */
  readonly minScore: number;
};

/** A tournament's ranking, and the entries nobody could rank. */
export type TournamentRanking = {
  /** Best first, also below `minScore`. */
  readonly ranked: readonly Standing[];
  /** Earliest acceptance first. */
  readonly unscored: readonly AcceptedAgent[];
};

/**
 * The ranking of a tournament: `stakeMean` of each entry, descending, ties to the earlier acceptance.
 *
 * A validator's own failure is no vote. `assay`: votes of validators that share the miner's coldkey are dropped, and
 * without a quorum of the others an entry is unscored. `source`: every score counts, one is enough. An entry scored by
 * nobody, or only by validators without stake where others have some, is unscored.
 *
 * @throws CoreError CORE_DUPLICATE (entry, validator, or two results of one validator), CORE_UNKNOWN_HOTKEY (a result
 *   from outside the roster), CORE_OUT_OF_RANGE (score, stake, minScore).
 * @see Nepher SN49, scoring.
 */
export function tournamentRanking(input: RankingInput): TournamentRanking {
  assertRankable(input);
  const scored = Map.groupBy(
    input.results.filter(({ score }) => score !== null),
    ({ submissionId }) => submissionId,
  );
  const standings = new Map(
    input.entries.map((entry) => [entry, standingOf(entry, scored.get(entry.submissionId) ?? [], input)]),
  );
  return {
    ranked: ranking([...standings.values()].filter((standing) => standing !== undefined)),
    unscored: input.entries.filter((entry) => standings.get(entry) === undefined).toSorted(byAcceptance),
  };
}

function standingOf(
  entry: AcceptedAgent,
  results: readonly TournamentResult[],
  { preset, roster, minScore }: RankingInput,
): Standing | undefined {
  const judges = preset === "assay" ? impartialRoster(roster, entry.coldkey) : roster;
  const scores = new Map(results.map(({ validator, score }) => [validator, score]));
  const votes = judges.flatMap(({ hotkey, stakeRao }) => {
    const score = scores.get(hotkey) ?? null;
    return score === null ? [] : [{ stakeRao, score }];
  });
  const { isReached, validators, stakeShare } = quorum(judges, new Set(scores.keys()));
  const mean = stakeMean(votes, sumOf(judges.map(({ stakeRao }) => stakeRao)));
  if (mean === undefined || (preset === "assay" && !isReached)) return undefined;
  const reachesMinScore = compareRationals(mean.exact, rational(BigInt(minScore), BigInt(PPB))) >= 0;
  return { ...entry, score: mean.exact, value: mean.value, validators, stakeShare, reachesMinScore };
}

function assertRankable({ entries, results, roster, minScore }: RankingInput): void {
  assertStakes(roster);
  const hotkeys = roster.map(({ hotkey }) => hotkey);
  const submissions = entries.map(({ submissionId }) => submissionId);
  const votes = results.map(({ validator, submissionId }) => `${submissionId} by ${validator}`);
  assertUnique("roster", hotkeys);
  assertUnique("entries", submissions);
  assertUnique("results", votes);
  const stranger = results.find(({ validator }) => !hotkeys.includes(validator));
  if (stranger !== undefined)
    throw new CoreError({ code: "CORE_UNKNOWN_HOTKEY", name: "results", hotkey: stranger.validator });
  if (Number.isSafeInteger(minScore) && minScore >= 0) return;
  const [value, range] = [String(minScore), "whole billionths, 0 or more"];
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name: "minScore", value, range });
}
