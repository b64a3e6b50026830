import { assertWhole } from "../../assert-whole.ts";
import type { TournamentPeriods } from "../../schema/tournament.ts";
import { assertPeriods, tournamentPeriod } from "./periods.ts";

/** An agent that was accepted for a tournament. */
export type AcceptedAgent = {
  readonly submissionId: string;
  readonly hotkey: string;
  readonly coldkey: string;
  /** Finalised block of acceptance, and the receipt's sequence within it. */
  readonly acceptedAtBlock: number;
  readonly sequence: number;
};

/**
 * The agents that count: of each hotkey the latest accepted in contest or submit, earliest acceptance first.
 *
 * What came before the contest or from the evaluation on does not count. A newer agent takes its own place in
 * ties: priority belongs to the work that is judged.
 *
 * @param agents any order.
 * @throws CoreError CORE_OUT_OF_RANGE for periods out of order.
 */
export function latestAgents(agents: readonly AcceptedAgent[], periods: TournamentPeriods): AcceptedAgent[] {
  assertPeriods(periods);
  const inTime = agents.filter(
    ({ acceptedAtBlock: block }) => block >= periods.contest && block < periods.evaluation,
  );
  const latest = new Map(inTime.toSorted(byAcceptance).map((agent) => [agent.hotkey, agent]));
  return [...latest.values()].toSorted(byAcceptance);
}

/** Earlier acceptance first: block, then receipt sequence. */
export function byAcceptance(a: AcceptedAgent, b: AcceptedAgent): number {
  return a.acceptedAtBlock - b.acceptedAtBlock || a.sequence - b.sequence;
}

/** Who takes part in a tournament, as of the last sync. */
export type TournamentEntries = {
  /** Block the registrations were read at; null before the first sync. */
  readonly syncedAtBlock: number | null;
  /** Whether this is final. */
  readonly isLocked: boolean;
  /** Earliest acceptance first. */
  readonly entries: readonly AcceptedAgent[];
};

/** The entries of a tournament before its first sync. */
export const NO_ENTRIES: TournamentEntries = { syncedAtBlock: null, isLocked: false, entries: [] };

/**
 * The entries after a sync: eligible is who is registered *and* has an agent at that block.
 *
 * Synced again and again through submit; the sync at the last block before the evaluation locks. After that nothing
 * changes them: who deregisters stays in, who registers late stays out. A sync at an older block than the last one,
 * or outside of submit, changes nothing, except that one past the lock block locks what the last sync found.
 *
 * @param current {@link NO_ENTRIES} or what the last sync returned.
 * @param sync `registered` holds the hotkeys with a uid at the finalised `block`; `agents` all accepted, any order.
 * @throws CoreError CORE_OUT_OF_RANGE.
 * @see Nepher SN49, miner eligibility.
 */
export function syncEntries(
  current: TournamentEntries,
  sync: {
    block: number;
    periods: TournamentPeriods;
    registered: ReadonlySet<string>;
    agents: readonly AcceptedAgent[];
  },
): TournamentEntries {
  const { block, periods, registered } = sync;
  assertWhole("block", block);
  const period = tournamentPeriod(block, periods);
  const isOld = current.syncedAtBlock !== null && block <= current.syncedAtBlock;
  if (current.isLocked || isOld || period === "upcoming" || period === "contest") return current;
  if (period !== "submit") return { ...current, isLocked: current.syncedAtBlock !== null };
  const known = sync.agents.filter(({ acceptedAtBlock }) => acceptedAtBlock <= block);
  const entries = latestAgents(known, periods).filter(({ hotkey }) => registered.has(hotkey));
  return { syncedAtBlock: block, isLocked: block === periods.evaluation - 1, entries };
}
