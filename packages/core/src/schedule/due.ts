import { MAX_TEMPO, type ScheduleState } from "./state.ts";

/**
 * Whether an epoch slot is due at `block`.
 *
 * tempo > 0 and one of: an asked-for epoch has come (pendingEpochAt > 0, block ≥ pendingEpochAt);
 * blocksSinceLastStep exceeds its limit; block − lastEpochBlock ≥ tempo. The period is tempo, not tempo + 1.
 *
 * @see subtensor coinbase/run_coinbase.rs, coinbase/tempo_control.rs
 */
export function isEpochDue(state: ScheduleState, block: number): boolean {
  if (state.tempo === 0) return false;
  const isAskedFor = state.pendingEpochAt > 0 && block >= state.pendingEpochAt;
  const isOverdue = state.blocksSinceLastStep > stepLimit(state);
  return isAskedFor || isOverdue || block - state.lastEpochBlock >= state.tempo;
}

/**
 * Block at which the next epoch starts by the runtime's own answer: min(lastEpochBlock + tempo,
 * pendingEpochAt if any); null when tempo is 0. Like the runtime it leaves `blocksSinceLastStep` aside, and
 * it may lie in the past.
 */
export function nextEpochStart(state: ScheduleState): number | null {
  if (state.tempo === 0) return null;
  const automatic = state.lastEpochBlock + state.tempo;
  return state.pendingEpochAt > 0 ? Math.min(automatic, state.pendingEpochAt) : automatic;
}

/** Index under which a commit made at `block` is filed: one ahead of the current while a slot is due. */
export function lookAheadEpoch(state: ScheduleState, block: number): number {
  return state.subnetEpochIndex + (isEpochDue(state, block) ? 1 : 0);
}

function stepLimit(state: ScheduleState): number {
  return state.model === "fixed-limit" ? MAX_TEMPO : state.tempo;
}
