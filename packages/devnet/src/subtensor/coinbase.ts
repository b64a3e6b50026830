import { afterEpochSlot, deferEpoch, planEpochs, type ScheduleState, stepBlock } from "@assay/core";
import { revealCommitments } from "../commitments/reveal.ts";
import { type Context, deposit } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import { runEpoch } from "./epoch.ts";
import { hotkeysOf, subnetIds } from "./neurons.ts";
import { revealTimelocked } from "./reveal-timelocked.ts";
import { readSchedule, writeSchedule } from "./schedule.ts";

const { storage } = subtensor;
const U16_MAX = 65_535n;

/** What one block adds to a subnet's pending amounts, in rao. */
export type BlockEmission = { readonly owner: bigint; readonly server: bigint; readonly validator: bigint };

/**
 * One block's emission of a subnet: the owner's cut floor(total · cut / 65535), half of the rest to miners
 * (floored), what is left to validators. Nobody has root stake that would take a part of it here.
 */
export function blockEmission(state: StateReader, netuid: number): BlockEmission {
  const total = read(state, storage.SubnetAlphaOutEmission, netuid);
  const takesCut = read(state, storage.OwnerCutEnabled, netuid);
  const owner = takesCut ? (total * BigInt(read(state, storage.SubnetOwnerCut))) / U16_MAX : 0n;
  const server = (total - owner) / 2n;
  return { owner, server, validator: total - owner - server };
}

/** The work of a block before its extrinsics: due reveals, emission to the pending amounts, the epochs that are due. */
export function runCoinbase(context: Context): void {
  const { state } = context;
  revealCommitments(context);
  revealTimelocked(context);
  const netuids = subnetIds(state);
  for (const netuid of netuids) emit(context, netuid);
  for (const netuid of netuids) write(state, storage.RegistrationsThisBlock, [netuid, 0]);
  const schedules = new Map(netuids.map((netuid) => [netuid, stepBlock(readSchedule(state, netuid))]));
  runDueEpochs(context, schedules);
}

function emit({ state, block }: Context, netuid: number): void {
  const first = read(state, storage.FirstEmissionBlockNumber, netuid);
  if (first === undefined || block < first || !read(state, storage.SubnetEmissionEnabled, netuid)) return;
  const total = read(state, storage.BlockEmission);
  write(state, storage.SubnetAlphaOutEmission, [netuid, total]);
  write(state, storage.SubnetAlphaOut, [netuid, read(state, storage.SubnetAlphaOut, netuid) + total]);
  const { owner, server, validator } = blockEmission(state, netuid);
  const { PendingOwnerCut, PendingServerEmission, PendingValidatorEmission } = storage;
  write(state, PendingOwnerCut, [netuid, read(state, PendingOwnerCut, netuid) + owner]);
  write(state, PendingServerEmission, [netuid, read(state, PendingServerEmission, netuid) + server]);
  write(state, PendingValidatorEmission, [netuid, read(state, PendingValidatorEmission, netuid) + validator]);
}

function runDueEpochs(context: Context, schedules: ReadonlyMap<number, ScheduleState>): void {
  const { state, block } = context;
  const maxEpochsPerBlock = read(state, storage.MaxEpochsPerBlock);
  const plan = planEpochs(schedules, { block, maxEpochsPerBlock });
  for (const [netuid, schedule] of schedules) {
    writeSchedule(state, netuid, schedule);
    if (plan.defer.includes(netuid)) postpone(context, netuid, schedule);
    if (!plan.run.includes(netuid)) continue;
    const hasRun = hasDistinctHotkeys(state, netuid);
    if (hasRun) runEpoch(context, netuid);
    else deposit(context, subtensor, ["EpochSkipped", { netuid, block: BigInt(block) }]);
    writeSchedule(state, netuid, afterEpochSlot(schedule, { block, hasRun }));
  }
}

/** A hotkey under two uids would be paid twice: the chain rather skips the epoch and keeps the money. */
function hasDistinctHotkeys(state: StateReader, netuid: number): boolean {
  const hotkeys = hotkeysOf(state, netuid);
  return new Set(hotkeys).size === hotkeys.length;
}

function postpone(context: Context, netuid: number, schedule: ScheduleState): void {
  const { state, block } = context;
  writeSchedule(state, netuid, deferEpoch(schedule, block));
  const value = { netuid, from_block: BigInt(block), to_block: BigInt(block + 1) };
  deposit(context, subtensor, ["EpochDeferred", value]);
}
