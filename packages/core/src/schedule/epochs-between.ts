import { assertWhole } from "../assert-whole.ts";
import { nextEpochStart } from "./due.ts";
import type { ScheduleState } from "./state.ts";

/**
 * Epochs that will run in [from, to), by the schedule as it is now: the starts are nextEpochStart + k·tempo.
 *
 * An estimate: a change of tempo, an epoch asked for or put off moves all that follow. What already ran is not
 * guessed at: starts before `nextEpochStart` do not count. 0 when tempo is 0.
 *
 * @param state the subnet's schedule.
 * @param interval whole blocks, half-open; `to` is not before `from`.
 * @throws CoreError CORE_OUT_OF_RANGE.
 */
export function epochsBetween(state: ScheduleState, { from, to }: { from: number; to: number }): number {
  assertWhole("from", from);
  assertWhole("to", to, from);
  const first = nextEpochStart(state);
  if (first === null) return 0;
  const startsBefore = (block: number) => Math.max(0, Math.ceil((block - first) / state.tempo));
  return startsBefore(to) - startsBefore(from);
}
