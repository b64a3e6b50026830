import { address, flag, whole } from "../runtime/plain.ts";
import type { StorageItem } from "../runtime/storage.ts";
import { subnetUnknown } from "./subnet-unknown.ts";
import type { View } from "./view.ts";

/** A value that a block stores under a hotkey of a subnet, with that hotkey and its uid. */
export type Stored = {
  readonly uid: number;
  readonly hotkey: string;
  readonly item: string;
  readonly value: unknown;
};

/** The values stored under the hotkeys of a subnet; hotkeys without one are left out. */
export async function readByHotkey(
  view: View,
  netuid: number,
  itemOf: (hotkey: string) => StorageItem,
): Promise<Stored[]> {
  const hotkeys = await readHotkeys(view, netuid);
  const found = await view.readList(hotkeys.map(itemOf));
  return found.flatMap(({ item, value }, uid) => {
    const hotkey = hotkeys[uid];
    return hotkey === undefined || value === null ? [] : [{ uid, hotkey, item, value }];
  });
}

/** The hotkeys of a subnet by uid. */
async function readHotkeys(view: View, netuid: number): Promise<string[]> {
  const { exists, n } = await view.read({
    exists: ["SubtensorModule.NetworksAdded", netuid],
    n: ["SubtensorModule.SubnetworkN", netuid],
  });
  if (!flag(exists)) throw subnetUnknown({ netuid, mechid: 0, at: view.at });
  const items = Array.from({ length: whole(n) }, (_, uid) => ["SubtensorModule.Keys", netuid, uid] as const);
  return (await view.readList(items)).map(address);
}
