import { mechanismStorageIndex, stakeWeight } from "@assay/core";
import { subtensor } from "../runtime/runtime.ts";
import { entries, read, write } from "../state/access.ts";
import type { State, StateReader } from "../state/overlay.ts";

const { storage } = subtensor;
const ROOT = 0;
const U16_MAX = 65_535;

/** Netuids of all subnets but root, ascending. */
export function subnetIds(state: StateReader): number[] {
  const added = [...entries(state, storage.NetworksAdded)];
  const ids = added.flatMap(([[netuid], exists]) => (exists && netuid !== ROOT ? [netuid] : []));
  return ids.sort((a, b) => a - b);
}

/** Storage index of a mechanism; it saturates, so that no mechid reaches another subnet's data. */
export function storageIndex(netuid: number, mecid: number): number {
  return Math.min(U16_MAX, mechanismStorageIndex(netuid, mecid));
}

/** Whether the subnet exists and has this mechanism. */
export function mechanismExists(state: StateReader, netuid: number, mecid: number): boolean {
  return (
    read(state, storage.NetworksAdded, netuid) && mecid < read(state, storage.MechanismCountCurrent, netuid)
  );
}

/** A hotkey's stake weight on a subnet in rao; child keys do not exist here. */
export function stakeWeightOf(state: StateReader, hotkey: string, netuid: number): bigint {
  return stakeWeight({
    alpha: read(state, storage.TotalHotkeyAlpha, hotkey, netuid),
    tao: read(state, storage.TotalHotkeyAlpha, hotkey, ROOT),
    taoWeight: read(state, storage.TaoWeight),
  });
}

/** Whether the hotkey has the stake that setting weights asks for; the owner's is exempt. */
export function hasWeightsStake(state: StateReader, hotkey: string, netuid: number): boolean {
  if (hotkey === read(state, storage.SubnetOwnerHotkey, netuid)) return true;
  return stakeWeightOf(state, hotkey, netuid) >= read(state, storage.StakeThreshold);
}

/** Whether a uid's last update lies at least WeightsSetRateLimit blocks back, or never happened. */
export function isWithinRate(
  state: StateReader,
  at: { netuid: number; mecid: number; uid: number; block: number },
): boolean {
  const index = storageIndex(at.netuid, at.mecid);
  const last = read(state, storage.LastUpdate, index)[at.uid] ?? 0n;
  return last === 0n || BigInt(at.block) - last >= read(state, storage.WeightsSetRateLimit, at.netuid);
}

/** Hotkeys in uid order. */
export function hotkeysOf(state: StateReader, netuid: number): string[] {
  const n = read(state, storage.SubnetworkN, netuid);
  return Array.from({ length: n }, (_, uid) => read(state, storage.Keys, netuid, uid));
}

/** Uid of the subnet owner's hotkey, null if it is not registered. */
export function ownerUid(state: StateReader, netuid: number): number | null {
  const hotkey = read(state, storage.SubnetOwnerHotkey, netuid);
  return read(state, storage.Uids, netuid, hotkey) ?? null;
}

/** Storage indices of all mechanisms of a subnet, mechanism 0 first. */
export function mechanismIndices(state: StateReader, netuid: number): number[] {
  const count = read(state, storage.MechanismCountCurrent, netuid);
  return Array.from({ length: count }, (_, mecid) => storageIndex(netuid, mecid));
}

/** Records that a uid's weights were updated in `block`. */
export function touchLastUpdate(state: State, at: { index: number; uid: number; block: number }): void {
  const stored = read(state, storage.LastUpdate, at.index);
  const length = Math.max(stored.length, at.uid + 1);
  const updated = Array.from({ length }, (_, uid) =>
    uid === at.uid ? BigInt(at.block) : (stored[uid] ?? 0n),
  );
  write(state, storage.LastUpdate, [at.index, updated]);
}
