import { mechanismStorageIndex } from "@assay/core";
import { field, list, optional, whole } from "../runtime/plain.ts";
import type { SignerState } from "../subnet.ts";
import { waitingCommits } from "../write/commit.ts";
import type { View } from "./view.ts";

type Who = { readonly netuid: number; readonly mechid: number; readonly hotkey: string };

/** What the chain knows of a hotkey's own doing; whoever else signs with it shows here. */
export async function readSignerState(view: View, who: Who): Promise<SignerState> {
  const { netuid, mechid, hotkey } = who;
  const found = await view.read({
    account: ["System.Account", hotkey],
    now: ["Timestamp.Now"],
    uid: ["SubtensorModule.Uids", netuid, hotkey],
    lastUpdates: ["SubtensorModule.LastUpdate", mechanismStorageIndex(netuid, mechid)],
    epoch: ["SubtensorModule.SubnetEpochIndex", netuid],
    period: ["SubtensorModule.RevealPeriodEpochs", netuid],
  });
  const uid = optional(found.uid, whole);
  return {
    at: view.at,
    timeMs: whole(found.now),
    nonce: whole(field(found.account, "nonce")),
    uid,
    lastUpdate: uid === null ? null : (list(found.lastUpdates, whole)[uid] ?? 0),
    commits: await waitingCommits(view, { ...who, epoch: whole(found.epoch), period: whole(found.period) }),
  };
}
