import { lookAheadEpoch } from "@assay/core";
import { subtensor } from "../runtime/runtime.ts";
import { tuple, vec } from "../scale/composites.ts";
import { blake2Hex } from "../scale/hash.ts";
import { u16, u64 } from "../scale/primitives.ts";
import { accountId } from "../scale/substrate.ts";
import { encode } from "../scale/type.ts";
import { read } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";
import { readSchedule } from "./schedule.ts";
import { liveTimelockedBlocks } from "./timelocked-queue.ts";

const { storage } = subtensor;

/** A hash commit as stored: hash, commit epoch, commit block, nothing. */
export type Commit = readonly [hash: string, epoch: bigint, block: bigint, unused: bigint];

/** More than this many unrevealed commits of one hotkey are refused. */
export const MAX_COMMITS = 10;

/** The epoch under which a commit made in this block is filed. */
export function commitEpoch(state: StateReader, at: { netuid: number; block: number }): bigint {
  return BigInt(lookAheadEpoch(readSchedule(state, at.netuid), at.block));
}

/** When a commit of this epoch may be revealed, seen from `now`: only one whole epoch fits. */
export function revealTime(
  state: StateReader,
  at: { netuid: number; epoch: bigint; now: bigint },
): "early" | "due" | "expired" {
  const due = at.epoch + read(state, storage.RevealPeriodEpochs, at.netuid);
  if (at.now < due) return "early";
  return at.now === due ? "due" : "expired";
}

/** Divides a queue into what may still be revealed and the hashes of what no longer may. */
export function withoutExpired(
  state: StateReader,
  queue: readonly Commit[],
  at: { netuid: number; now: bigint },
): { live: readonly Commit[]; expired: readonly string[] } {
  const isExpired = ([, epoch]: Commit) => revealTime(state, { ...at, epoch }) === "expired";
  const first = queue.findIndex((commit) => !isExpired(commit));
  const cut = first < 0 ? queue.length : first;
  return { live: queue.slice(cut), expired: queue.slice(0, cut).map(([hash]) => hash) };
}

/** What a hash commit binds: whose weights, for which storage index, and the salt that hides them. */
export type Preimage = {
  readonly who: string;
  readonly index: number;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  readonly version_key: bigint;
};

const preimageType = tuple(accountId, u16, vec(u16), vec(u16), vec(u16), u64);

/** BLAKE2b-256 of the SCALE tuple of account, storage index, uids, values, salt and version key. */
export function commitHash({ who, index, uids, values, salt, version_key }: Preimage): string {
  return blake2Hex(encode(preimageType, [who, index, uids, values, salt, version_key]));
}

/** Block of a hotkey's earliest commit that can still be revealed, null if there is none. */
export function liveCommitBlock(
  state: StateReader,
  of: { netuid: number; index: number; hotkey: string; now: bigint },
): number | null {
  const { netuid, now, index, hotkey } = of;
  const queue = read(state, storage.WeightCommits, index, hotkey) ?? [];
  const blocks = queue.flatMap(([, epoch, block]) =>
    revealTime(state, { netuid, epoch, now }) === "expired" ? [] : [Number(block)],
  );
  const all = [...blocks, ...liveTimelockedBlocks(state, of)];
  return all.length === 0 ? null : Math.min(...all);
}
