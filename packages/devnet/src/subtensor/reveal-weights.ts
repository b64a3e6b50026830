import { type Context, deposit, ensure, type Origin, refusal, signer } from "../runtime/context.ts";
import { subtensor } from "../runtime/runtime.ts";
import { read, remove, write } from "../state/access.ts";
import type { State } from "../state/overlay.ts";
import { type Commit, commitEpoch, commitHash, revealTime, withoutExpired } from "./commit-queue.ts";
import type { CommitTarget } from "./commit-weights.ts";
import { storageIndex } from "./neurons.ts";
import { applyWeights } from "./set-weights.ts";

const { storage } = subtensor;

/** Weights as a reveal shows them. */
export type Revealed = {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  readonly version_key: bigint;
};

/** One hotkey's queue while a reveal looks into it. */
type Queue = {
  readonly who: string;
  readonly netuid: number;
  readonly index: number;
  readonly now: bigint;
  readonly live: readonly Commit[];
  readonly expired: readonly string[];
};

/** `reveal_weights` and `reveal_mechanism_weights`: shows the weights behind a hash and sets them. */
export function revealWeights(context: Context, origin: Origin, args: CommitTarget & Revealed): void {
  const { netuid, mecid } = args;
  const queue = openQueue(context, origin, args);
  const hash = commitHash({ ...args, who: queue.who, index: queue.index });
  if (queue.live.length === 0) {
    throw refusal(subtensor, queue.expired.includes(hash) ? "ExpiredWeightCommit" : "NoWeightsCommitFound");
  }
  const position = positionOf(context.state, queue, hash);
  // Revealing one drops those before it, too.
  storeQueue(context.state, queue, queue.live.slice(position + 1));
  applyWeights(context, queue.who, {
    netuid,
    mecid,
    dests: args.uids,
    weights: args.values,
    version_key: args.version_key,
  });
  deposit(context, subtensor, ["WeightsRevealed", [queue.who, queue.index, hash]]);
}

/** The arguments of a batch reveal: the n-th entries of all lists belong together. */
export type RevealBatch = {
  readonly netuid: number;
  readonly uids_list: readonly (readonly number[])[];
  readonly values_list: readonly (readonly number[])[];
  readonly salts_list: readonly (readonly number[])[];
  readonly version_keys: readonly bigint[];
};

/** Whether the lists of a batch reveal are equally long. */
export function isEven(batch: RevealBatch): boolean {
  const { uids_list, values_list, salts_list, version_keys } = batch;
  return [values_list, salts_list, version_keys].every((list) => list.length === uids_list.length);
}

/** `batch_reveal_weights`: several commits of mechanism 0 at once, all of them or none. */
export function batchRevealWeights(context: Context, origin: Origin, batch: RevealBatch): void {
  ensure(isEven(batch), subtensor, "InputLengthsUnequal");
  const { netuid } = batch;
  const queue = openQueue(context, origin, { netuid, mecid: 0 });
  const reveals = revealsOf(batch);
  const hashes = reveals.map((one) => commitHash({ ...one, who: queue.who, index: queue.index }));
  const positions = new Set(hashes.map((hash) => positionOf(context.state, queue, hash)));
  for (const { uids, values, version_key } of reveals) {
    applyWeights(context, queue.who, { netuid, mecid: 0, dests: uids, weights: values, version_key });
  }
  storeQueue(
    context.state,
    queue,
    queue.live.filter((_, position) => !positions.has(position)),
  );
  deposit(context, subtensor, ["WeightsBatchRevealed", [queue.who, netuid, hashes]]);
}

/** The single reveals of a batch. */
export function revealsOf(batch: RevealBatch): Revealed[] {
  return batch.uids_list.map((uids, i) => ({
    uids,
    values: batch.values_list[i] ?? [],
    salt: batch.salts_list[i] ?? [],
    version_key: batch.version_keys[i] ?? 0n,
  }));
}

function openQueue({ state, block }: Context, origin: Origin, { netuid, mecid }: CommitTarget): Queue {
  const who = signer(origin);
  ensure(read(state, storage.CommitRevealWeightsEnabled, netuid), subtensor, "CommitRevealDisabled");
  const index = storageIndex(netuid, mecid);
  const stored = read(state, storage.WeightCommits, index, who);
  ensure(stored !== undefined, subtensor, "NoWeightsCommitFound");
  const now = commitEpoch(state, { netuid, block });
  return { who, netuid, index, now, ...withoutExpired(state, stored, { netuid, now }) };
}

/** Where a hash stands in the queue, or the refusal that says why it may not be revealed now. */
function positionOf(state: State, queue: Queue, hash: string): number {
  const position = queue.live.findIndex(([committed]) => committed === hash);
  const commit = queue.live[position];
  if (commit === undefined) {
    const isExpired = queue.expired.includes(hash);
    throw refusal(subtensor, isExpired ? "ExpiredWeightCommit" : "InvalidRevealCommitHashNotMatch");
  }
  const time = revealTime(state, { netuid: queue.netuid, epoch: commit[1], now: queue.now });
  ensure(time === "due", subtensor, "RevealTooEarly");
  return position;
}

function storeQueue(state: State, { index, who }: Queue, rest: readonly Commit[]): void {
  if (rest.length === 0) remove(state, storage.WeightCommits, index, who);
  else write(state, storage.WeightCommits, [index, who, rest]);
}
