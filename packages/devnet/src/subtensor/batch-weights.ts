import { type Context, deposit, ensure, type Origin, signer } from "../runtime/context.ts";
import { attempt } from "../runtime/failure.ts";
import { subtensor } from "../runtime/runtime.ts";
import { commitWeights } from "./commit-weights.ts";
import { setWeights } from "./set-weights.ts";

/** `batch_set_weights`: mechanism 0 of several subnets; each item succeeds or fails alone. */
export function batchSetWeights(
  context: Context,
  origin: Origin,
  args: {
    readonly netuids: readonly number[];
    readonly weights: readonly (readonly (readonly [uid: number, value: number])[])[];
    readonly version_keys: readonly bigint[];
  },
): void {
  const { netuids, weights, version_keys } = args;
  const isEven = weights.length === netuids.length && version_keys.length === netuids.length;
  ensure(isEven, subtensor, "InputLengthsUnequal");
  eachAlone(context, { origin, netuids }, (inner, netuid, i) => {
    const row = weights[i] ?? [];
    setWeights(inner, origin, {
      netuid,
      mecid: 0,
      dests: row.map(([uid]) => uid),
      weights: row.map(([, value]) => value),
      version_key: version_keys[i] ?? 0n,
    });
  });
}

/** `batch_commit_weights`: hash commits for mechanism 0 of several subnets; each succeeds or fails alone. */
export function batchCommitWeights(
  context: Context,
  origin: Origin,
  args: { readonly netuids: readonly number[]; readonly commit_hashes: readonly string[] },
): void {
  const { netuids, commit_hashes: hashes } = args;
  ensure(hashes.length === netuids.length, subtensor, "InputLengthsUnequal");
  eachAlone(context, { origin, netuids }, (inner, netuid, i) => {
    commitWeights(inner, origin, { netuid, mecid: 0, commit_hash: hashes[i] ?? "" });
  });
}

type Item = (context: Context, netuid: number, i: number) => void;

/** The extrinsic succeeds even if every item fails; the events say which did. */
function eachAlone(
  context: Context,
  batch: { readonly origin: Origin; readonly netuids: readonly number[] },
  item: Item,
): void {
  const who = signer(batch.origin);
  let hasFailed = false;
  batch.netuids.forEach((netuid, i) => {
    const failure = attempt(context, (inner) => item(inner, netuid, i));
    if (failure === undefined) return;
    if (!hasFailed) deposit(context, subtensor, ["BatchCompletedWithErrors", []]);
    hasFailed = true;
    deposit(context, subtensor, ["BatchWeightItemFailed", [netuid, failure]]);
  });
  deposit(context, subtensor, ["BatchWeightsCompleted", [batch.netuids, who]]);
}
