import { mechanismStorageIndex } from "@assay/core";
import { flag, list, type Plain, pair, whole } from "../runtime/plain.ts";
import type { StorageItem } from "../runtime/storage.ts";
import type { WeightRow } from "../subnet.ts";
import { subnetUnknown } from "./subnet-unknown.ts";
import type { View } from "./view.ts";

type Where = { readonly netuid: number; readonly mechid: number };

/** The weight rows of all uids in stored order, empty where none was set. */
export function readWeights(view: View, where: Where): Promise<WeightRow[]> {
  return readRows(view, where, "SubtensorModule.Weights");
}

/** The bond rows of all uids in stored order, empty where there are none. */
export function readBonds(view: View, where: Where): Promise<WeightRow[]> {
  return readRows(view, where, "SubtensorModule.Bonds");
}

async function readRows(view: View, { netuid, mechid }: Where, name: string): Promise<WeightRow[]> {
  const { exists, n, mechanisms } = await view.read({
    exists: ["SubtensorModule.NetworksAdded", netuid],
    n: ["SubtensorModule.SubnetworkN", netuid],
    mechanisms: ["SubtensorModule.MechanismCountCurrent", netuid],
  });
  if (!flag(exists) || mechid >= whole(mechanisms)) throw subnetUnknown({ netuid, mechid, at: view.at });
  const index = mechanismStorageIndex(netuid, mechid);
  const items = Array.from({ length: whole(n) }, (_, uid) => [name, index, uid] as const);
  return (await view.readList(items)).map(parseRow);
}

/** The storage item of one validator's row. */
export function weightsItem(row: { netuid: number; mechid: number; uid: number }): StorageItem {
  return ["SubtensorModule.Weights", mechanismStorageIndex(row.netuid, row.mechid), row.uid];
}

/** Reads a stored row of (uid, weight). */
export function parseRow(plain: Plain): WeightRow {
  return list(plain, (entry) => pair(entry, whole));
}
