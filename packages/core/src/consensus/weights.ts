import { fromInteger } from "./fixed.ts";
import { filterRows, normaliseRows } from "./rows.ts";
import type { EpochInput, FixedRows } from "./types.ts";

/** The weight rows after each step, in the order the chain takes them: an entry lost between two was masked there. */
export type WeightStages = {
  /** As stored, targets beyond the last uid left out, zeros kept. */
  readonly stored: FixedRows;
  /** Rows of uids without a permit emptied. */
  readonly permitted: FixedRows;
  /** Weights on oneself dropped, the owner's excepted. */
  readonly withoutSelf: FixedRows;
  /** Weights not newer than their target's registration dropped. */
  readonly afterRegistration: FixedRows;
  /** With commit-reveal: weights dropped whose target registered after the validator's earliest live commit. */
  readonly afterCommit: FixedRows;
  /** W: each row divided by its sum. */
  readonly normalised: FixedRows;
};

/**
 * Weights that count, step by step.
 *
 * @param input stored rows of (uid, u16); `permits` are those in force with the owner's set.
 * @returns every stage; W_ij in `normalised` is Fixed in [0, ONE], a row sums to about ONE or to 0.
 * @see subtensor epoch/run_epoch.rs
 */
export function maskWeights(input: EpochInput, permits: readonly boolean[]): WeightStages {
  const stored = storedWeights(input);
  const permitted = filterRows(stored, (i) => permits[i] === true);
  const withoutSelf = filterRows(permitted, (i, j) => i !== j || i === input.ownerUid);
  const afterRegistration = filterRows(withoutSelf, (i, j) => updatedAt(input, i) > registeredAt(input, j));
  const afterCommit = filterRows(afterRegistration, (i, j) => commitCovers(input, i, j));
  return {
    stored,
    permitted,
    withoutSelf,
    afterRegistration,
    afterCommit,
    normalised: normaliseRows(afterCommit),
  };
}

function storedWeights(input: EpochInput): FixedRows {
  return input.weights.map((row) =>
    row.filter(([uid]) => uid < input.n).map(([uid, value]) => [uid, fromInteger(value)] as const),
  );
}

function updatedAt(input: EpochInput, uid: number): number {
  return input.lastUpdate[uid] ?? 0;
}

function registeredAt(input: EpochInput, uid: number): number {
  return input.blockAtRegistration[uid] ?? 0;
}

/** A commit made before its target registered was meant for the previous holder of that uid. */
function commitCovers(input: EpochInput, validator: number, target: number): boolean {
  const committedAt = input.commitReveal ? input.liveCommitBlock[validator] : null;
  return committedAt === null || committedAt === undefined || committedAt >= registeredAt(input, target);
}
