import { assertWhole } from "../../assert-whole.ts";
import { CoreError } from "../../errors.ts";
import type { TournamentPeriods } from "../../schema/tournament.ts";

/** The five periods, in order. */
const PERIODS = ["contest", "submit", "evaluation", "review", "reward"] as const;

/** Where a tournament stands; `upcoming` before its first block, `completed` from its end on. */
export type TournamentPeriod = "upcoming" | (typeof PERIODS)[number] | "completed";

/**
 * The period of a tournament at a block: each holds from its own start to the next one's, half-open.
 *
 * Total and monotonic: every block has exactly one period, and a later block never an earlier one.
 *
 * @param block finalised height, whole.
 * @param periods the blocks at which the periods begin, strictly growing.
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see Nepher SN49, tournament cycle.
 */
export function tournamentPeriod(block: number, periods: TournamentPeriods): TournamentPeriod {
  assertWhole("block", block);
  assertPeriods(periods);
  if (block >= periods.end) return "completed";
  return PERIODS.findLast((period) => block >= periods[period]) ?? "upcoming";
}

/**
 * Refuses periods that do not follow each other strictly.
 *
 * @throws CoreError CORE_OUT_OF_RANGE for a start that is no whole number above the one before.
 */
export function assertPeriods(periods: TournamentPeriods): void {
  let least = 0;
  for (const start of [...PERIODS, "end"] as const) {
    if (!Number.isSafeInteger(periods[start]) || periods[start] < least)
      throw notLater(start, periods, least);
    least = periods[start] + 1;
  }
}

function notLater(start: keyof TournamentPeriods, periods: TournamentPeriods, least: number): CoreError {
  const facts = { name: start, value: String(periods[start]), range: `whole, ${least} or more` };
  const message = `The period ${start} begins at block ${facts.value}, but must begin at ${least} or later.`;
  return new CoreError({ code: "CORE_OUT_OF_RANGE", ...facts }, message);
}
