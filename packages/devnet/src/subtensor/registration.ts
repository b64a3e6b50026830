import { debit } from "../balances/accounts.ts";
import { type Context, deposit, ensure, type Origin, refusal, signer } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";
import { mechanismIndices } from "./neurons.ts";
import { replaceNeuron, uidToReplace } from "./replacement.ts";
import { adopt, ownerOf } from "./stake.ts";

const { storage } = subtensor;
const ROOT = 0;

/** `burned_register`: pays the subnet's current burn and takes a uid, by replacing a neuron if all are taken. */
export function burnedRegister(
  context: Context,
  origin: Origin,
  args: { readonly netuid: number; readonly hotkey: string },
): void {
  const coldkey = signer(origin);
  const { state } = context;
  const { netuid, hotkey } = args;
  checkRegistration(state, { netuid, hotkey, coldkey });
  const isFull = read(state, storage.SubnetworkN, netuid) >= read(state, storage.MaxAllowedUids, netuid);
  const replaced = isFull ? uidToReplace(state, { netuid, block: context.block }) : undefined;
  if (isFull && replaced === undefined) throw refusal(subtensor, "NoNeuronIdAvailable");
  ensure(debit(state, coldkey, read(state, storage.Burn, netuid)), subtensor, "NotEnoughBalanceToStake");
  adopt(state, hotkey, coldkey);
  const count = read(state, storage.RegistrationsThisBlock, netuid);
  write(state, storage.RegistrationsThisBlock, [netuid, count + 1]);
  const neuron = { netuid, hotkey, block: context.block };
  const uid = replaced === undefined ? appendNeuron(state, neuron) : replaceNeuron(state, neuron, replaced);
  deposit(context, subtensor, ["NeuronRegistered", [netuid, uid, hotkey]]);
}

type Applicant = { readonly netuid: number; readonly hotkey: string; readonly coldkey: string };

function checkRegistration(state: StateReader, { netuid, hotkey, coldkey }: Applicant): void {
  ensure(netuid !== ROOT, subtensor, "RegistrationNotPermittedOnRootSubnet");
  ensure(read(state, storage.NetworksAdded, netuid), subtensor, "SubnetNotExists");
  const isOpen = read(state, storage.NetworkRegistrationAllowed, netuid);
  ensure(isOpen, subtensor, "SubNetRegistrationDisabled");
  const inBlock = read(state, storage.RegistrationsThisBlock, netuid);
  const hasRoom = inBlock < read(state, storage.MaxRegistrationsPerBlock, netuid);
  ensure(hasRoom, subtensor, "TooManyRegistrationsThisBlock");
  const isFree = read(state, storage.Uids, netuid, hotkey) === undefined;
  ensure(isFree, subtensor, "HotKeyAlreadyRegisteredInSubNet");
  const owner = ownerOf(state, hotkey);
  ensure(owner === undefined || owner === coldkey, subtensor, "NonAssociatedColdKey");
}

/** Gives a hotkey the next free uid, with empty scores. */
export function appendNeuron(
  state: State,
  neuron: { readonly netuid: number; readonly hotkey: string; readonly block: number },
): number {
  const { netuid, hotkey, block } = neuron;
  const uid = read(state, storage.SubnetworkN, netuid);
  write(state, storage.SubnetworkN, [netuid, uid + 1]);
  write(state, storage.Keys, [netuid, uid, hotkey]);
  write(state, storage.Uids, [netuid, hotkey, uid]);
  write(state, storage.IsNetworkMember, [hotkey, netuid, true]);
  write(state, storage.BlockAtRegistration, [netuid, uid, BigInt(block)]);
  appendScores(state, netuid, block);
  return uid;
}

function appendScores(state: State, netuid: number, block: number): void {
  for (const item of [storage.Active, storage.ValidatorPermit]) {
    write(state, item, [netuid, [...read(state, item, netuid), item === storage.Active]]);
  }
  for (const item of [storage.StakeWeight, storage.Consensus, storage.Dividends, storage.ValidatorTrust]) {
    write(state, item, [netuid, [...read(state, item, netuid), 0]]);
  }
  write(state, storage.Emission, [netuid, [...read(state, storage.Emission, netuid), 0n]]);
  for (const index of mechanismIndices(state, netuid)) {
    write(state, storage.Incentive, [index, [...read(state, storage.Incentive, index), 0]]);
    write(state, storage.LastUpdate, [index, [...read(state, storage.LastUpdate, index), BigInt(block)]]);
  }
}
