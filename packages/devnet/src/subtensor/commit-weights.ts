import { type Context, deposit, ensure, type Origin, signer } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, write } from "../state/access.ts";
import { commitEpoch, MAX_COMMITS, withoutExpired } from "./commit-queue.ts";
import { isWithinRate, mechanismExists, storageIndex, touchLastUpdate } from "./neurons.ts";

const { storage } = subtensor;

/** For which subnet and mechanism a commit is made. */
export type CommitTarget = { readonly netuid: number; readonly mecid: number };

/** The checks that every kind of commit begins with; returns the committer's uid and storage index. */
export function checkCommitter(
  context: Context,
  who: string,
  { netuid, mecid }: CommitTarget,
): { uid: number; index: number } {
  const { state, block } = context;
  const uid = read(state, storage.Uids, netuid, who);
  ensure(uid !== undefined, subtensor, "HotKeyNotRegisteredInSubNet");
  const isInTime = isWithinRate(state, { netuid, mecid, uid, block });
  ensure(isInTime, subtensor, "CommittingWeightsTooFast");
  return { uid, index: storageIndex(netuid, mecid) };
}

/** Refuses a commit for what does not exist or does not commit; returns who makes it. */
export function committer(context: Context, origin: Origin, { netuid, mecid }: CommitTarget): string {
  const { state } = context;
  ensure(mechanismExists(state, netuid, mecid), subtensor, "MechanismDoesNotExist");
  const who = signer(origin);
  ensure(read(state, storage.CommitRevealWeightsEnabled, netuid), subtensor, "CommitRevealDisabled");
  return who;
}

/** `commit_weights` and `commit_mechanism_weights`: files the hash of weights that will be shown later. */
export function commitWeights(
  context: Context,
  origin: Origin,
  args: CommitTarget & { readonly commit_hash: string },
): void {
  const who = committer(context, origin, args);
  const { uid, index } = checkCommitter(context, who, args);
  const { state, block } = context;
  const epoch = commitEpoch(state, { netuid: args.netuid, block });
  const queue = read(state, storage.WeightCommits, index, who) ?? [];
  const { live } = withoutExpired(state, queue, { netuid: args.netuid, now: epoch });
  ensure(live.length < MAX_COMMITS, subtensor, "TooManyUnrevealedCommits");
  const commit = [args.commit_hash, epoch, BigInt(block), 0n] as const;
  write(state, storage.WeightCommits, [index, who, [...live, commit]]);
  touchLastUpdate(state, { index, uid, block });
  deposit(context, subtensor, ["WeightsCommitted", [who, index, args.commit_hash]]);
}
