/** What `assay up --json` promises to print, written down a second time on purpose: a stranger imports nothing of ours. */
export type UpReport = {
  netuid: number;
  endpoint: string;
  epochs: {
    index: number;
    block: number;
    uids: { uid: number; hotkey: string; role: string }[];
    weights: Record<string, [number, number][]>;
    consensus: number[];
    incentive: number[];
    dividends: number[];
    emission: string[];
  }[];
  leader: { hotkey: string; competition: string; approvedBy: string; approvedAt: string } | null;
  snapshots: { version: number; policy: string }[];
  extrinsics: { hotkey: string; hash: string; block: number }[];
};
