import { mechanismStorageIndex } from "@assay/core";
import { flag, list, type Plain, pair, whole } from "../runtime/plain.ts";
import type { StorageItem } from "../runtime/storage.ts";
import type { WeightRow } from "../types.ts";
import { subnetUnknown } from "./subnet-unknown.ts";
import type { View } from "./view.ts";

/** The weight rows of all uids in stored order, empty where none was set. */
export async function readWeights(
  view: View,
  { netuid, mechid }: { netuid: number; mechid: number },
): Promise<WeightRow[]> {
  const { exists, n, mechanisms } = await view.read({
    exists: ["SubtensorModule.NetworksAdded", netuid],
    n: ["SubtensorModule.SubnetworkN", netuid],
    mechanisms: ["SubtensorModule.MechanismCountCurrent", netuid],
  });
  if (!flag(exists) || mechid >= whole(mechanisms)) throw subnetUnknown({ netuid, mechid, at: view.at });
  const items = Array.from({ length: whole(n) }, (_, uid) => weightsItem({ netuid, mechid, uid }));
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
