import { createHash } from "node:crypto";
import type { Episode } from "@assay/core";

/** What the backend has acknowledged, written down by those who were told, and what their agents can do. */
export type Ledger = {
  readonly submissions: { id: string; sha256: string }[];
  readonly results: { cycleId: string; jobId: string; attempt: number; sha256: string }[];
  readonly approvals: string[];
  /** An agent that beats every one before it. */
  nextAgent(): Uint8Array;
  /** What the agent of this hash does on every seed. */
  episodeOf(sha256: string): Episode;
};

/** Reward of an agent over that of the one before: more than any bar asks for, however many there are. */
const STEP = 1.05;

export function createLedger(): Ledger {
  const rewards = new Map<string, number>();
  return {
    submissions: [],
    results: [],
    approvals: [],
    nextAgent() {
      const reward = STEP ** rewards.size;
      const bytes = Buffer.from(JSON.stringify({ reward }));
      rewards.set(createHash("sha256").update(bytes).digest("hex"), reward);
      return bytes;
    },
    episodeOf(sha256) {
      const reward = rewards.get(sha256);
      if (reward === undefined) throw new Error(`nobody made an agent ${sha256}`);
      return { success: true, reward, steps: 1 };
    },
  };
}
