export { type Clock, systemClock } from "./clock.ts";
export { CodedError, type ErrorFacts } from "./coded-error.ts";
export { type Fixed, fromFloat, fromInteger, ONE } from "./consensus/fixed.ts";
export type { EpochInput, EpochOutput, FixedRows, SparseRow } from "./consensus/types.ts";
export { CoreError, type CoreErrorFacts } from "./errors.ts";
export { isEpochDue, lookAheadEpoch, nextEpochStart } from "./schedule/due.ts";
export {
  MAX_TEMPO,
  newSchedule,
  type ScheduleModel,
  type ScheduleState,
  withTempo,
  withTriggeredEpoch,
} from "./schedule/state.ts";
export { afterEpochSlot, deferEpoch, type EpochPlan, planEpochs, stepBlock } from "./schedule/step.ts";
