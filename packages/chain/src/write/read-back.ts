import { mechanismStorageIndex } from "@assay/core";
import type { View } from "../read/view.ts";
import { parseRow, weightsItem } from "../read/weights.ts";
import { list, optional, type Plain, whole } from "../runtime/plain.ts";
import type { WeightRow } from "../subnet.ts";
import type { SetWeightsRequest } from "../weights.ts";
import { storedRow } from "./request.ts";

/** Why a row that was taken is not what the chain now holds. */
export type Mismatch = {
  readonly error: "RowDiffers" | "LastUpdateMissing" | "HotkeyGone";
  readonly says: string;
};

/** Compares what a block stores for the sender with what was sent; undefined if it is the same. */
export async function readBack(
  view: View,
  request: SetWeightsRequest,
  how: "set" | "revealed",
): Promise<Mismatch | undefined> {
  const { netuid, mechid, signer } = request;
  const { uid, lastUpdates } = await view.read({
    uid: ["SubtensorModule.Uids", netuid, signer.address],
    lastUpdates: ["SubtensorModule.LastUpdate", mechanismStorageIndex(netuid, mechid)],
  });
  const slot = optional(uid, whole);
  if (slot === null)
    return { error: "HotkeyGone", says: `${signer.address} has no uid at block ${view.at.block}` };
  const { row } = await view.read({ row: weightsItem({ netuid, mechid, uid: slot }) });
  const difference = differenceOf(parseRow(row), storedRow(request.row));
  // A reveal leaves LastUpdate where its commit put it.
  return difference ?? (how === "set" ? staleness(lastUpdates, { uid: slot, view }) : undefined);
}

function differenceOf(found: WeightRow, meant: WeightRow): Mismatch | undefined {
  const [stored, sent] = [found, meant].map((row) => JSON.stringify(row));
  if (stored === sent) return undefined;
  return { error: "RowDiffers", says: `The chain holds ${stored}, sent was ${sent}` };
}

function staleness(lastUpdates: Plain, { uid, view }: { uid: number; view: View }): Mismatch | undefined {
  const lastUpdate = list(lastUpdates, whole)[uid] ?? 0;
  if (lastUpdate >= view.at.block) return undefined;
  return {
    error: "LastUpdateMissing",
    says: `LastUpdate is ${lastUpdate}, included was block ${view.at.block}`,
  };
}
