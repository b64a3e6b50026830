import { newSchedule } from "@assay/core";
import { debit } from "../balances/accounts.ts";
import { badOrigin, type Context, deposit, ensure, type Origin, signer } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import { appendNeuron } from "./registration.ts";
import { writeSchedule } from "./schedule.ts";
import { adopt, ownerOf } from "./stake.ts";

const { storage } = subtensor;

/** `register_network`: burns the lock cost and opens the next subnet, which is neither paid nor staked to before `start_call`. */
export function registerNetwork(context: Context, origin: Origin, args: { readonly hotkey: string }): void {
  const coldkey = signer(origin);
  const { state, block } = context;
  const owner = ownerOf(state, args.hotkey);
  ensure(owner === undefined || owner === coldkey, subtensor, "NonAssociatedColdKey");
  const cost = read(state, storage.NetworkMinLockCost);
  ensure(debit(state, coldkey, cost), subtensor, "CannotAffordLockCost");
  adopt(state, args.hotkey, coldkey);
  const netuid = freeNetuid(state);
  const tempo = storage.Tempo.fallback;
  openSubnet(state, { netuid, tempo, block, hotkey: args.hotkey, coldkey });
  appendNeuron(state, { netuid, hotkey: args.hotkey, block });
  deposit(context, subtensor, ["NetworkAdded", [netuid, 0]]);
}

/** `start_call`: the owner lets a new subnet be paid and staked to, from the next block. */
export function startCall(context: Context, origin: Origin, { netuid }: { readonly netuid: number }): void {
  const coldkey = signer(origin);
  const { state, block } = context;
  ensure(read(state, storage.NetworksAdded, netuid), subtensor, "SubnetNotExists");
  if (read(state, storage.SubnetOwner, netuid) !== coldkey) throw badOrigin();
  const isStarted = read(state, storage.FirstEmissionBlockNumber, netuid) !== undefined;
  ensure(!isStarted, subtensor, "FirstEmissionBlockNumberAlreadySet");
  const startsAt = read(state, storage.NetworkRegisteredAt, netuid) + read(state, storage.StartCallDelay);
  ensure(BigInt(block) >= startsAt, subtensor, "NeedWaitingMoreBlocksToStarCall");
  start(state, { netuid, block });
  deposit(context, subtensor, ["FirstEmissionBlockNumberSet", [netuid, BigInt(block + 1)]]);
}

/** Lets a subnet be paid from the next block, and staked to. */
export function start(state: State, { netuid, block }: { netuid: number; block: number }): void {
  write(state, storage.FirstEmissionBlockNumber, [netuid, BigInt(block + 1)]);
  write(state, storage.SubtokenEnabled, [netuid, true]);
}

function freeNetuid(state: State): number {
  let netuid = 1;
  while (read(state, storage.NetworksAdded, netuid)) netuid += 1;
  return netuid;
}

type NewSubnet = {
  readonly netuid: number;
  readonly tempo: number;
  readonly block: number;
  readonly hotkey: string;
  readonly coldkey: string;
};

/** Writes a subnet without neurons, with the values that new subnets start from. */
export function openSubnet(state: State, subnet: NewSubnet): void {
  const { netuid, tempo, block } = subnet;
  write(state, storage.NetworksAdded, [netuid, true]);
  write(state, storage.TotalNetworks, [read(state, storage.TotalNetworks) + 1]);
  write(state, storage.NetworkRegisteredAt, [netuid, BigInt(block)]);
  write(state, storage.SubnetOwner, [netuid, subnet.coldkey]);
  write(state, storage.SubnetOwnerHotkey, [netuid, subnet.hotkey]);
  write(state, storage.SubnetAlphaOutEmission, [netuid, read(state, storage.BlockEmission)]);
  writeSchedule(state, netuid, newSchedule({ netuid, tempo, block, model: "fixed-limit" }));
  writeStartValues(state, netuid);
}

function writeStartValues(state: State, netuid: number): void {
  write(state, storage.MinAllowedWeights, [netuid, 1]);
  write(state, storage.MaxAllowedValidators, [netuid, 64]);
  write(state, storage.MaxAllowedUids, [netuid, 256]);
  write(state, storage.ImmunityPeriod, [netuid, 5_000]);
  write(state, storage.Yuma3On, [netuid, true]);
}
