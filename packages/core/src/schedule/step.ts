import { isEpochDue } from "./due.ts";
import type { ScheduleState } from "./state.ts";

/** The schedule after a block has begun, before due epochs are looked for: one more block since the last step. */
export function stepBlock(state: ScheduleState): ScheduleState {
  const counted = state.blocksSinceLastStep + 1;
  const blocksSinceLastStep = state.model === "tempo-limit" ? Math.min(counted, state.tempo + 1) : counted;
  return { ...state, blocksSinceLastStep };
}

/**
 * The schedule after the epoch slot of `block` was used. `hasRun` is false if the epoch was skipped for
 * inconsistent input: the slot is gone all the same, but the counters of real runs stay.
 */
export function afterEpochSlot(
  state: ScheduleState,
  slot: { block: number; hasRun: boolean },
): ScheduleState {
  const used = {
    ...state,
    lastEpochBlock: slot.block,
    pendingEpochAt: 0,
    subnetEpochIndex: state.subnetEpochIndex + 1,
  };
  return slot.hasRun ? { ...used, blocksSinceLastStep: 0, lastEpochRunBlock: slot.block } : used;
}

/** The schedule of a due epoch that found no place in `block`: it is due again in the next. */
export function deferEpoch(state: ScheduleState, block: number): ScheduleState {
  return { ...state, pendingEpochAt: block + 1 };
}

/** What a block does with the epochs that are due in it, in the order of the subnets given. */
export type EpochPlan = { readonly run: readonly number[]; readonly defer: readonly number[] };

/**
 * Divides the due subnets of one block into those that use their slot and those put off to the next block.
 *
 * @param subnets schedules by netuid in ascending order, each already stepped with {@link stepBlock}.
 * @param at the block, and how many epochs it may hold (MaxEpochsPerBlock: 2, 32 with fast blocks).
 */
export function planEpochs(
  subnets: ReadonlyMap<number, ScheduleState>,
  at: { block: number; maxEpochsPerBlock: number },
): EpochPlan {
  const due = [...subnets].filter(([, state]) => isEpochDue(state, at.block)).map(([netuid]) => netuid);
  return { run: due.slice(0, at.maxEpochsPerBlock), defer: due.slice(at.maxEpochsPerBlock) };
}
