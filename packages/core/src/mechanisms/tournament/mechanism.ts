import { TournamentParameters } from "../../schema/mechanism-parameters.ts";
import type { TournamentPlan } from "../../schema/tournament.ts";
import type { RosterValidator } from "../../scores/roster.ts";
import { type Mechanism, type MechanismQuestion, unknownOutcome, vectorOutcome } from "../mechanism.ts";
import type { TournamentEntries } from "./entries.ts";
import { type EpochRun, owedPlaces, payableOwed } from "./owed.ts";
import { tournamentPeriod } from "./periods.ts";
import { prizesOf } from "./prizes.ts";
import { type TournamentRanking, tournamentRanking } from "./ranking.ts";
import { settleResults, type TournamentResult } from "./results.ts";
import { reviewOutcome, type TournamentReview } from "./review.ts";
import { type RewardedTournament, tournamentVector } from "./winner-vector.ts";

/** Everything known about one tournament. */
export type TournamentState = {
  readonly plan: TournamentPlan;
  readonly entries: TournamentEntries;
  /** Validators asked, frozen at the lock; empty before. */
  readonly roster: readonly RosterValidator[];
  /** All that were received, any order. */
  readonly results: readonly TournamentResult[];
  readonly review: TournamentReview;
};

/** What a tournament instance is asked about. */
export type TournamentInputs = {
  /** All tournaments of the instance, ids unique, any order. */
  readonly tournaments: readonly TournamentState[];
  /** Hotkeys that have a uid now, and the epochs that ran since the first reward began; only `owed` reads them. */
  readonly registered: ReadonlySet<string>;
  readonly runs: readonly EpochRun[];
};

type Question = MechanismQuestion<TournamentParameters, TournamentInputs>;
type Judged = RewardedTournament & { readonly unknownBecause: string | null };

/**
 * The mechanism `tournament`: the ranking of locked entries, the review's decisions, and {@link tournamentVector}.
 *
 * Unknown, and only in reward, if the entries were never locked, or if entries are there but none could be scored and
 * nobody has decided yet: both are failures, not a reason to burn. Everything else is known and may burn.
 */
export const tournamentMechanism: Mechanism<TournamentParameters, TournamentInputs> = {
  name: "tournament",
  parameters: TournamentParameters,
  presets: {
    assay: TournamentParameters.parse({ preset: "assay" }),
    source: TournamentParameters.parse({ preset: "source" }),
  },
  decidedBy: "backend",
  decide(question) {
    const { parameters, inputs, block } = question;
    const tournaments = inputs.tournaments.map((tournament) => judge(tournament, question));
    const current = tournaments.find(({ periods }) => tournamentPeriod(block, periods) === "reward");
    if (current !== undefined && current.unknownBecause !== null)
      return unknownOutcome(current.unknownBecause);
    const owed = parameters.owed ? payableOwed(owedPlaces(tournaments, inputs.runs), inputs.registered) : [];
    return vectorOutcome(tournamentVector({ block, parameters, tournaments, owed }));
  },
};

function judge(tournament: TournamentState, { parameters, block }: Question): Judged {
  const { plan, entries, review } = tournament;
  const { id, periods } = plan;
  const nobody = { id, periods, places: [], previewLeader: null };
  if (!entries.isLocked) return { ...nobody, unknownBecause: `The entries of ${id} were never locked.` };
  const ranking = rank(tournament, parameters);
  const { places, isUnscored } = reviewOutcome(ranking, review, prizesOf(parameters).length);
  const isOpen = isUnscored && places.length > 0 && places.every((place) => place === null);
  const unknownBecause = isOpen ? `No entry of ${id} could be scored; the review decides.` : null;
  const isShown = parameters.leaderPreview > 0 && tournamentPeriod(block, periods) === "evaluation";
  return { id, periods, places, previewLeader: isShown ? leaderOf(ranking) : null, unknownBecause };
}

function rank(
  { plan, entries: { entries }, roster, results }: TournamentState,
  { preset }: TournamentParameters,
): TournamentRanking {
  const { standing } = settleResults(results, plan.periods);
  const ids = new Set(entries.map(({ submissionId }) => submissionId));
  const relevant = standing.filter(({ submissionId }) => ids.has(submissionId));
  return tournamentRanking({ preset, entries, results: relevant, roster, minScore: plan.minScore });
}

function leaderOf({ ranked }: TournamentRanking): string | null {
  const first = ranked[0];
  return first?.reachesMinScore === true ? first.hotkey : null;
}
