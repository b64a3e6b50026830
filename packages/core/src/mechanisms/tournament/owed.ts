import { assertUnique } from "../../assert-unique.ts";
import { assertWhole } from "../../assert-whole.ts";
import type { TournamentPeriods } from "../../schema/tournament.ts";
import { tournamentPeriod } from "./periods.ts";
import type { Place } from "./review.ts";

/** A tournament as far as pay goes. */
export type PaidTournament = {
  readonly id: string;
  readonly periods: TournamentPeriods;
  /** By place, see `reviewOutcome`. */
  readonly places: readonly (Place | null)[];
};

/** An epoch that ran, and the hotkeys that had a uid in it. */
export type EpochRun = { readonly block: number; readonly registered: ReadonlySet<string> };

/** Epochs a place is still owed. */
export type OwedPlace = {
  readonly tournamentId: string;
  readonly hotkey: string;
  /** 0 for the first. */
  readonly place: number;
  /** 1 or more. */
  readonly epochs: number;
};

/**
 * What is owed to winners that had no uid when they should have been paid.
 *
 * An epoch is paid to a place iff it ran in [reward, end), after the place was approved, and the hotkey had a uid. One
 * in which it had none is owed, and paid after the end: the epochs that run while no tournament is in reward go to
 * {@link payableOwed}, one less each. What is owed never expires.
 *
 * @param tournaments of the instance, ids unique, any order.
 * @param runs all epochs since the first reward began, any order, each block once.
 * @returns by end of the tournament, then place.
 * @throws CoreError CORE_DUPLICATE, CORE_OUT_OF_RANGE.
 */
export function owedPlaces(tournaments: readonly PaidTournament[], runs: readonly EpochRun[]): OwedPlace[] {
  assertUnique(
    "tournaments",
    tournaments.map(({ id }) => id),
  );
  assertUnique(
    "runs",
    runs.map(({ block }) => block),
  );
  const ordered = tournaments.toSorted((a, b) => a.periods.end - b.periods.end);
  let owed: readonly OwedPlace[] = ordered.flatMap(unpaid);
  for (const run of runs.toSorted((a, b) => a.block - b.block)) owed = afterRun(owed, { run, ordered });
  return owed.filter(({ epochs }) => epochs > 0);
}

/**
 * The owed places that are paid in one epoch: those with a uid of the tournament that ended first, among the tournaments
 * of which anybody owed has one.
 *
 * @param owed in the order of {@link owedPlaces}.
 * @param registered hotkeys that have a uid.
 */
export function payableOwed(owed: readonly OwedPlace[], registered: ReadonlySet<string>): OwedPlace[] {
  const present = owed.filter(({ hotkey, epochs }) => epochs > 0 && registered.has(hotkey));
  return present.filter(({ tournamentId }) => tournamentId === present[0]?.tournamentId);
}

function unpaid({ id, places }: PaidTournament): OwedPlace[] {
  return places.flatMap((place, index) =>
    place === null ? [] : [{ tournamentId: id, hotkey: place.hotkey, place: index, epochs: 0 }],
  );
}

function afterRun(
  owed: readonly OwedPlace[],
  { run, ordered }: { run: EpochRun; ordered: readonly PaidTournament[] },
): OwedPlace[] {
  assertWhole("block of a run", run.block);
  const current = ordered.find(({ periods }) => tournamentPeriod(run.block, periods) === "reward");
  const missed = (entry: OwedPlace) => {
    const place = entry.tournamentId === current?.id ? current.places[entry.place] : undefined;
    return place != null && place.approvedAtBlock <= run.block && !run.registered.has(entry.hotkey);
  };
  const paid = new Set(current === undefined ? payableOwed(owed, run.registered) : []);
  return owed.map((entry) => ({
    ...entry,
    epochs: entry.epochs + Number(missed(entry)) - Number(paid.has(entry)),
  }));
}
