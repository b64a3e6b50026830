import { debit } from "../balances/accounts.ts";
import { type Context, deposit, ensure, type Origin, signer } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";

const { storage } = subtensor;
/** The least amount that can be staked, in rao. */
const MIN_STAKE = 2_000_000n;

/** Adds to a hotkey's alpha on a subnet. */
export function addAlpha(state: State, to: { hotkey: string; netuid: number; amount: bigint }): void {
  if (to.amount === 0n) return;
  const held = read(state, storage.TotalHotkeyAlpha, to.hotkey, to.netuid);
  write(state, storage.TotalHotkeyAlpha, [to.hotkey, to.netuid, held + to.amount]);
}

/** Makes a coldkey the owner of a hotkey that has none yet. */
export function adopt(state: State, hotkey: string, coldkey: string): void {
  if (ownerOf(state, hotkey) !== undefined) return;
  write(state, storage.Owner, [hotkey, coldkey]);
  const owned = read(state, storage.OwnedHotkeys, coldkey);
  write(state, storage.OwnedHotkeys, [coldkey, [...owned, hotkey]]);
}

/** The coldkey that owns a hotkey, if anybody does. */
export function ownerOf(state: StateReader, hotkey: string): string | undefined {
  const owner = read(state, storage.Owner, hotkey);
  return owner === storage.Owner.fallback ? undefined : owner;
}

/** `add_stake`: free balance becomes alpha one to one; there is no pool with a price here. */
export function addStake(
  context: Context,
  origin: Origin,
  args: { readonly hotkey: string; readonly netuid: number; readonly amount_staked: bigint },
): void {
  const coldkey = signer(origin);
  const { state } = context;
  const { hotkey, netuid, amount_staked: amount } = args;
  ensure(read(state, storage.NetworksAdded, netuid), subtensor, "SubnetNotExists");
  ensure(read(state, storage.SubtokenEnabled, netuid), subtensor, "SubtokenDisabled");
  ensure(amount >= MIN_STAKE, subtensor, "AmountTooLow");
  ensure(ownerOf(state, hotkey) !== undefined, subtensor, "HotKeyAccountNotExists");
  ensure(debit(state, coldkey, amount), subtensor, "NotEnoughBalanceToStake");
  addAlpha(state, { hotkey, netuid, amount });
  write(state, storage.SubnetTAO, [netuid, read(state, storage.SubnetTAO, netuid) + amount]);
  write(state, storage.SubnetAlphaOut, [netuid, read(state, storage.SubnetAlphaOut, netuid) + amount]);
  write(state, storage.TotalStake, [read(state, storage.TotalStake) + amount]);
  deposit(context, subtensor, ["StakeAdded", [coldkey, hotkey, amount, amount, netuid, 0n]]);
}
