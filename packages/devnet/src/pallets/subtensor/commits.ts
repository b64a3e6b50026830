import { map, named, optionalMap, positional, twox64 } from "../../metadata/declare.ts";
import { boundedBytes, tuple, vec } from "../../scale/composites.ts";
import { bytes, compact, u8, u16, u64 } from "../../scale/primitives.ts";
import { accountId, dispatchError, h256 } from "../../scale/substrate.ts";

/** The longest ciphertext a call carries. */
const MAX_COMMIT_BYTES = 5_000;
const commitBytes = boundedBytes(MAX_COMMIT_BYTES);
const pair = tuple(compact(u16), compact(u16));

/** Weights that were committed and wait to be revealed. */
export const commits = {
  /** Per storage index and hotkey: (hash, commit epoch, commit block, 0), oldest first. */
  WeightCommits: optionalMap([twox64(u16), twox64(accountId)], vec(tuple(h256, u64, u64, u64))),
  /** Per storage index and commit epoch: (hotkey, commit block, ciphertext, reveal round), oldest first. */
  TimelockedWeightCommits: map([twox64(u16), twox64(u64)], vec(tuple(accountId, u64, bytes, u64)), []),
};

export const commitCalls = {
  batch_set_weights: named(80, {
    netuids: vec(compact(u16)),
    weights: vec(vec(pair)),
    version_keys: vec(compact(u64)),
  }),
  commit_weights: named(96, { netuid: u16, commit_hash: h256 }),
  reveal_weights: named(97, {
    netuid: u16,
    uids: vec(u16),
    values: vec(u16),
    salt: vec(u16),
    version_key: u64,
  }),
  batch_reveal_weights: named(98, {
    netuid: u16,
    uids_list: vec(vec(u16)),
    values_list: vec(vec(u16)),
    salts_list: vec(vec(u16)),
    version_keys: vec(u64),
  }),
  batch_commit_weights: named(100, { netuids: vec(compact(u16)), commit_hashes: vec(h256) }),
  commit_timelocked_weights: named(113, {
    netuid: u16,
    commit: commitBytes,
    reveal_round: u64,
    commit_reveal_version: u16,
  }),
  commit_mechanism_weights: named(115, { netuid: u16, mecid: u8, commit_hash: h256 }),
  reveal_mechanism_weights: named(116, {
    netuid: u16,
    mecid: u8,
    uids: vec(u16),
    values: vec(u16),
    salt: vec(u16),
    version_key: u64,
  }),
  commit_crv3_mechanism_weights: named(117, {
    netuid: u16,
    mecid: u8,
    commit: commitBytes,
    reveal_round: u64,
  }),
  commit_timelocked_mechanism_weights: named(118, {
    netuid: u16,
    mecid: u8,
    commit: commitBytes,
    reveal_round: u64,
    commit_reveal_version: u16,
  }),
};

export const commitEvents = {
  WeightsCommitted: positional(85, accountId, u16, h256),
  WeightsRevealed: positional(86, accountId, u16, h256),
  WeightsBatchRevealed: positional(87, accountId, u16, vec(h256)),
  BatchWeightsCompleted: positional(88, vec(compact(u16)), accountId),
  BatchCompletedWithErrors: positional(89),
  BatchWeightItemFailed: positional(90, u16, dispatchError),
  TimelockedWeightsCommitted: positional(107, accountId, u16, h256, u64),
  TimelockedWeightsRevealed: positional(108, u16, accountId),
};
