import type { Role } from "./accounts.ts";

/** One epoch as the chain stored it. */
export type EpochReport = {
  index: number;
  block: number;
  uids: { uid: number; hotkey: string; role: Role }[];
  /** By validator hotkey: (uid, u16) in stored order. */
  weights: Record<string, [number, number][]>;
  consensus: number[];
  incentive: number[];
  dividends: number[];
  /** Rao by uid, as decimal text. */
  emission: string[];
};

/** What `assay up --json` prints at the end. */
export type UpReport = {
  netuid: number;
  endpoint: string;
  epochs: EpochReport[];
  leader: { hotkey: string; competition: string; approvedBy: string; approvedAt: string } | null;
  snapshots: { version: number; policy: string }[];
  extrinsics: { hotkey: string; hash: string; block: number }[];
};

/** True if the approved leader earned incentive in some epoch. */
export function leaderEarned({ leader, epochs }: UpReport): boolean {
  if (leader === null) return false;
  return epochs.some(({ uids, incentive }) => {
    const uid = uids.find(({ hotkey }) => hotkey === leader.hotkey)?.uid;
    return uid !== undefined && (incentive[uid] ?? 0) > 0;
  });
}
