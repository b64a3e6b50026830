import type { Context } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";
import type { Pending } from "./epoch.ts";
import { hotkeysOf } from "./neurons.ts";
import { addAlpha } from "./stake.ts";

const { storage } = subtensor;

type Payout = {
  readonly netuid: number;
  readonly pending: Pending;
  /** The epoch's amounts per uid in rao. */
  readonly server: readonly bigint[];
  readonly validator: readonly bigint[];
};

/**
 * Turns an epoch's amounts into stake: miners get their server amount, validators share the validators' pool in
 * proportion to theirs (and the miners' pool too when no miner earned), the owner's hotkey gets the cut.
 */
export function payOut(context: Context, payout: Payout): void {
  const { state } = context;
  const { netuid, pending } = payout;
  const hotkeys = hotkeysOf(state, netuid);
  const paidToMiners = sum(payout.server);
  payMiners(state, { netuid, hotkeys, amounts: payout.server });
  const pool = pending.validator + pending.root + (paidToMiners === 0n ? pending.server : 0n);
  payValidators(state, { netuid, hotkeys, amounts: shares(pool, payout.validator) });
  addAlpha(state, { hotkey: read(state, storage.SubnetOwnerHotkey, netuid), netuid, amount: pending.owner });
}

type Payees = {
  readonly netuid: number;
  readonly hotkeys: readonly string[];
  readonly amounts: readonly bigint[];
};

/** Incentive of hotkeys that belong to the subnet's owner is withheld: it was issued and leaves circulation. */
function payMiners(state: State, { netuid, hotkeys, amounts }: Payees): void {
  hotkeys.forEach((hotkey, uid) => {
    const amount = amounts[uid] ?? 0n;
    if (isOwners(state, hotkey, netuid)) withhold(state, netuid, amount);
    else addAlpha(state, { hotkey, netuid, amount });
  });
}

function payValidators(state: State, { netuid, hotkeys, amounts }: Payees): void {
  hotkeys.forEach((hotkey, uid) => {
    const amount = amounts[uid] ?? 0n;
    write(state, storage.AlphaDividendsPerSubnet, [netuid, hotkey, amount]);
    addAlpha(state, { hotkey, netuid, amount });
  });
}

function isOwners(state: StateReader, hotkey: string, netuid: number): boolean {
  if (hotkey === read(state, storage.SubnetOwnerHotkey, netuid)) return true;
  return read(state, storage.Owner, hotkey) === read(state, storage.SubnetOwner, netuid);
}

function withhold(state: State, netuid: number, amount: bigint): void {
  if (read(state, storage.RecycleOrBurn, netuid) === "Burn") return;
  write(state, storage.SubnetAlphaOut, [netuid, read(state, storage.SubnetAlphaOut, netuid) - amount]);
}

function shares(pool: bigint, amounts: readonly bigint[]): bigint[] {
  const total = sum(amounts);
  return amounts.map((amount) => (total === 0n ? 0n : (pool * amount) / total));
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((a, b) => a + b, 0n);
}
