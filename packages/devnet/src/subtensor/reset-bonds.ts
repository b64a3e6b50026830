import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import { mechanismIndices } from "./neurons.ts";

const { storage } = subtensor;

/** Takes a hotkey's uid out of everybody's bonds in every mechanism, if the subnet allows it. */
export function resetBonds(state: State, netuid: number, hotkey: string): void {
  const uid = read(state, storage.Uids, netuid, hotkey);
  if (uid === undefined || !read(state, storage.BondsResetOn, netuid)) return;
  const n = read(state, storage.SubnetworkN, netuid);
  for (const index of mechanismIndices(state, netuid)) {
    for (let from = 0; from < n; from += 1) {
      const row = read(state, storage.Bonds, index, from);
      const kept = row.filter(([to]) => to !== uid);
      if (kept.length < row.length) write(state, storage.Bonds, [index, from, kept]);
    }
  }
}
