import { CoreError } from "../errors.ts";
import { isEpochDue, lookAheadEpoch } from "./due.ts";
import { MAX_TEMPO, type ScheduleState } from "./state.ts";
import { afterEpochSlot, stepBlock } from "./step.ts";

/** When a commit of weights is sent, and how long the subnet keeps it. */
export type CommitTiming = {
  /** Height of the head the schedule was read at; the commit is taken to be in the next block. */
  readonly headBlock: number;
  /** Epochs from commit to reveal (RevealPeriodEpochs). */
  readonly revealPeriodEpochs: number;
};

/** The longest reveal period a subnet may choose. */
const MAX_REVEAL_PERIOD = 100;

/**
 * The first block in which the chain looks for the weights of a commit made in the next one.
 *
 * With h the head and E(b) the look-ahead epoch of block b: the commit is filed under e = E(h + 1) after that block's own
 * epochs, and revealed in the first b > h for which E(b), before the epochs of b, is e + period. Epochs are taken to run
 * undisturbed: none put off, none skipped, no change of tempo.
 *
 * @param state the subnet's schedule as stored at the head; tempo > 0.
 * @param commit the head, a whole number ≥ 0, and the period, whole, in 1..100.
 * @returns a block above the head; the netuid has no part in it, nor has the mechanism.
 * @throws CoreError CORE_OUT_OF_RANGE, also for a schedule whose epochs pass over the one that is waited for.
 * @see subtensor coinbase/reveal_commits.rs
 */
export function firstRevealBlock(state: ScheduleState, commit: CommitTiming): number {
  const { headBlock, revealPeriodEpochs: period } = commit;
  assertInRange("tempo", state.tempo, [1, Number.MAX_SAFE_INTEGER]);
  assertInRange("headBlock", headBlock, [0, Number.MAX_SAFE_INTEGER]);
  assertInRange("revealPeriodEpochs", period, [1, MAX_REVEAL_PERIOD]);
  const first = headBlock + 1;
  const target = lookAheadEpoch(afterBlock(state, first), first) + period;
  const last = headBlock + (period + 1) * Math.max(MAX_TEMPO, state.tempo);
  let now = state;
  for (let block = first; block <= last; block += 1) {
    if (lookAheadEpoch(now, block) === target) return block;
    now = afterBlock(now, block);
  }
  throw outOfRange("subnetEpochIndex", now.subnetEpochIndex, `reaches ${target} by block ${last}`);
}

/** The schedule after a block that runs its epoch if one is due. */
function afterBlock(state: ScheduleState, block: number): ScheduleState {
  const stepped = stepBlock(state);
  return isEpochDue(stepped, block) ? afterEpochSlot(stepped, { block, hasRun: true }) : stepped;
}

function assertInRange(name: string, value: number, [least, most]: readonly [number, number]): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw outOfRange(name, value, `whole, ${least}..${most}`);
}

function outOfRange(name: string, value: number, range: string): CoreError {
  return new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(value), range });
}
