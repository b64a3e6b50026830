import { type Context, deposit, ensure, type Origin } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { blake2Hex } from "../scale/hash.ts";
import { read, write } from "../state/access.ts";
import { commitEpoch, MAX_COMMITS } from "./commit-queue.ts";
import { type CommitTarget, checkCommitter, committer } from "./commit-weights.ts";
import { touchLastUpdate } from "./neurons.ts";

const { storage } = subtensor;

/** A timelocked commit as the calls carry it; the crv3 form implies its version. */
export type TimelockedArgs = CommitTarget & {
  readonly commit: Uint8Array;
  readonly reveal_round: bigint;
  readonly commit_reveal_version: number;
};

/** The version of commits that `commit_crv3_mechanism_weights` makes. */
export const CRV3_VERSION = 4;

/** `commit_timelocked_weights` and its kin: files sealed weights, which the chain itself will open. */
export function commitTimelocked(context: Context, origin: Origin, args: TimelockedArgs): void {
  const { state, block } = context;
  const { netuid, commit, reveal_round: round } = args;
  const who = committer(context, origin, args);
  const isVersion = args.commit_reveal_version === read(state, storage.CommitRevealWeightsVersion);
  ensure(isVersion, subtensor, "IncorrectCommitRevealVersion");
  const { uid, index } = checkCommitter(context, who, args);
  const epoch = commitEpoch(state, { netuid, block });
  const queue = read(state, storage.TimelockedWeightCommits, index, epoch);
  const own = queue.filter(([one]) => one === who);
  ensure(own.length < MAX_COMMITS, subtensor, "TooManyUnrevealedCommits");
  const entry = [who, BigInt(block), commit, round] as const;
  write(state, storage.TimelockedWeightCommits, [index, epoch, [...queue, entry]]);
  touchLastUpdate(state, { index, uid, block });
  deposit(context, subtensor, ["TimelockedWeightsCommitted", [who, index, blake2Hex(commit), round]]);
}
