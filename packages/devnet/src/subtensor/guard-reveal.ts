import { refusal } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read } from "../state/access.ts";
import { commitEpoch, commitHash, revealTime } from "./commit-queue.ts";
import type { CommitTarget } from "./commit-weights.ts";
import type { GuardContext } from "./guards.ts";
import { storageIndex } from "./neurons.ts";
import type { Revealed } from "./reveal-weights.ts";

const { storage } = subtensor;

/** Refuses a reveal of what was never committed, or at another time than the one epoch it is due in. */
export function checkRevealable(context: GuardContext, args: CommitTarget & Revealed): void {
  const { state, who, block } = context;
  const { netuid, mecid } = args;
  const index = storageIndex(netuid, mecid);
  const queue = read(state, storage.WeightCommits, index, who);
  if (queue === undefined) throw refusal(subtensor, "NoWeightsCommitFound");
  const hash = commitHash({ ...args, who, index });
  const commit = queue.find(([committed]) => committed === hash);
  if (commit === undefined) throw refusal(subtensor, "InvalidRevealCommitHashNotMatch");
  const now = commitEpoch(state, { netuid, block });
  const time = revealTime(state, { netuid, epoch: commit[1], now });
  if (time === "early") throw refusal(subtensor, "RevealTooEarly");
  if (time === "expired") throw refusal(subtensor, "ExpiredWeightCommit");
}
