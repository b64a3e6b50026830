/**
 * Which limit `blocksSinceLastStep` may not exceed before an epoch is due: 50,400 blocks up to runtime spec
 * 469 (`fixed-limit`), the subnet's own tempo since spec 470 (`tempo-limit`, which also stops the counter
 * at tempo + 1).
 */
export type ScheduleModel = "fixed-limit" | "tempo-limit";

/** The largest tempo an owner may choose, and the old limit for `blocksSinceLastStep`. */
export const MAX_TEMPO = 50_400;

/** One subnet's epoch schedule as the chain stores it; all numbers are blocks except the index. */
export type ScheduleState = {
  /** Blocks per epoch; 0 = this subnet runs no epochs. */
  readonly tempo: number;
  /** Block of the last epoch slot, run or skipped; also moved by a change of tempo. */
  readonly lastEpochBlock: number;
  /** Block from which an epoch is due whatever the tempo says, 0 if none is asked for. */
  readonly pendingEpochAt: number;
  /** Blocks since an epoch really ran. */
  readonly blocksSinceLastStep: number;
  /** Epoch slots used so far, run or skipped. */
  readonly subnetEpochIndex: number;
  /** Block of the last epoch that really ran (storage item `LastMechansimStepBlock`), 0 if none. */
  readonly lastEpochRunBlock: number;
  readonly model: ScheduleModel;
};

/**
 * The schedule of a subnet created at `block`. Its first epoch is staggered by netuid:
 * lastEpochBlock = block − netuid mod tempo, not below 0.
 */
export function newSchedule(subnet: {
  netuid: number;
  tempo: number;
  block: number;
  model: ScheduleModel;
}): ScheduleState {
  const offset = subnet.tempo === 0 ? 0 : subnet.netuid % subnet.tempo;
  return {
    tempo: subnet.tempo,
    lastEpochBlock: Math.max(0, subnet.block - offset),
    pendingEpochAt: 0,
    blocksSinceLastStep: 0,
    subnetEpochIndex: 0,
    lastEpochRunBlock: 0,
    model: subnet.model,
  };
}

/** The schedule after the owner chose `tempo` at `block`: the running epoch starts again there. */
export function withTempo(state: ScheduleState, change: { tempo: number; block: number }): ScheduleState {
  return { ...state, tempo: change.tempo, lastEpochBlock: change.block };
}

/** The schedule after the owner asked at `block` for an epoch `delayBlocks` (AdminFreezeWindow) later. */
export function withTriggeredEpoch(
  state: ScheduleState,
  request: { block: number; delayBlocks: number },
): ScheduleState {
  return { ...state, pendingEpochAt: request.block + request.delayBlocks };
}
