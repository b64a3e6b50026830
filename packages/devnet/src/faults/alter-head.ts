import { withTempo } from "@assay/core";
import { DevnetError } from "../errors.ts";
import type { Node } from "../node.ts";
import { subtensor } from "../runtime/runtime.ts";
import { accountFromAddress } from "../scale/ss58.ts";
import { read, write } from "../state/access.ts";
import { Overlay, type State } from "../state/overlay.ts";
import { replaceNeuron } from "../subtensor/replacement.ts";
import { readSchedule, writeSchedule } from "../subtensor/schedule.ts";
import { adopt } from "../subtensor/stake.ts";
import type { Fault, Rules } from "./fault.ts";

const { storage } = subtensor;

/** Sets rules for weights in the head's state, without the freeze window and rate limits an owner's call would meet. */
export function changeRules(node: Node, fault: Extract<Fault, { kind: "rules" }>): void {
  const { netuid, commitReveal, revealPeriodEpochs, weightsRateLimit, weightsVersionKey, ownerHotkey } =
    fault;
  const owner = ownerHotkey === undefined ? undefined : accountOf(ownerHotkey);
  alter(node, (state) => {
    changeSchedule(state, fault, node.chain.head.number);
    if (owner !== undefined) write(state, storage.SubnetOwnerHotkey, [netuid, owner]);
    if (commitReveal !== undefined) write(state, storage.CommitRevealWeightsEnabled, [netuid, commitReveal]);
    if (revealPeriodEpochs !== undefined)
      write(state, storage.RevealPeriodEpochs, [netuid, BigInt(revealPeriodEpochs)]);
    if (weightsRateLimit !== undefined)
      write(state, storage.WeightsSetRateLimit, [netuid, BigInt(weightsRateLimit)]);
    if (weightsVersionKey !== undefined)
      write(state, storage.WeightsVersionKey, [netuid, BigInt(weightsVersionKey)]);
  });
}

function changeSchedule(state: State, { netuid, tempo, epochAt }: { netuid: number } & Rules, block: number) {
  const schedule = readSchedule(state, netuid);
  const kept = tempo === undefined ? schedule : withTempo(schedule, { tempo, block });
  const changed = epochAt === undefined ? kept : { ...kept, pendingEpochAt: epochAt };
  if (changed !== schedule) writeSchedule(state, netuid, changed);
}

/** Gives or takes a validator's permit in the head's state. */
export function changePermit(node: Node, { netuid, uid, isHeld }: Extract<Fault, { kind: "permit" }>): void {
  alter(node, (state) => {
    const permits = read(state, storage.ValidatorPermit, netuid);
    if (uid >= permits.length) throw impossible(`there is no uid ${uid}`);
    write(state, storage.ValidatorPermit, [netuid, permits.with(uid, isHeld)]);
  });
}

/** Gives a uid to another hotkey in the head's state; a hotkey without an owner becomes its own. */
export function takeOverUid(
  node: Node,
  { netuid, uid, hotkey: address }: Extract<Fault, { kind: "replace" }>,
): void {
  const hotkey = accountOf(address);
  alter(node, (state) => {
    if (uid >= read(state, storage.SubnetworkN, netuid)) throw impossible(`there is no uid ${uid}`);
    if (read(state, storage.Uids, netuid, hotkey) !== undefined) throw impossible(`${address} is registered`);
    adopt(state, hotkey, hotkey);
    replaceNeuron(state, { netuid, hotkey, block: node.chain.head.number }, uid);
  });
}

function accountOf(address: string): string {
  const account = accountFromAddress(address);
  if (account === undefined) throw impossible(`${address} is no address`);
  return account;
}

function alter({ chain }: Node, change: (state: State) => void): void {
  const overlay = new Overlay(chain.state());
  change(overlay);
  chain.amend(overlay.changes);
}

function impossible(problem: string): DevnetError {
  return new DevnetError({ code: "DEVNET_FAULT_IMPOSSIBLE", problem }, problem);
}
