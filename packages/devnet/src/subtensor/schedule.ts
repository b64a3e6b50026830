import type { ScheduleState } from "@assay/core";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";

const { storage } = subtensor;

/** A subnet's epoch schedule as stored; spec 424 still has the fixed limit of blocks without an epoch. */
export function readSchedule(state: StateReader, netuid: number): ScheduleState {
  return {
    tempo: read(state, storage.Tempo, netuid),
    lastEpochBlock: Number(read(state, storage.LastEpochBlock, netuid)),
    pendingEpochAt: Number(read(state, storage.PendingEpochAt, netuid)),
    blocksSinceLastStep: Number(read(state, storage.BlocksSinceLastStep, netuid)),
    subnetEpochIndex: Number(read(state, storage.SubnetEpochIndex, netuid)),
    lastEpochRunBlock: Number(read(state, storage.LastMechansimStepBlock, netuid)),
    model: "fixed-limit",
  };
}

export function writeSchedule(state: State, netuid: number, schedule: ScheduleState): void {
  write(state, storage.Tempo, [netuid, schedule.tempo]);
  write(state, storage.LastEpochBlock, [netuid, BigInt(schedule.lastEpochBlock)]);
  write(state, storage.PendingEpochAt, [netuid, BigInt(schedule.pendingEpochAt)]);
  write(state, storage.BlocksSinceLastStep, [netuid, BigInt(schedule.blocksSinceLastStep)]);
  write(state, storage.SubnetEpochIndex, [netuid, BigInt(schedule.subnetEpochIndex)]);
  write(state, storage.LastMechansimStepBlock, [netuid, BigInt(schedule.lastEpochRunBlock)]);
}
