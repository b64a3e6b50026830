import { subtensor } from "../runtime/runtime.ts";
import { entries, read } from "../state/access.ts";
import type { StateReader } from "../state/overlay.ts";

const { storage } = subtensor;

/** A timelocked commit as stored. */
export type Timelocked = readonly [who: string, block: bigint, commit: Uint8Array, revealRound: bigint];

/** Rounds for which commits wait. */
export function awaitedRounds(state: StateReader): number[] {
  const rounds: number[] = [];
  for (const [, queue] of entries(state, storage.TimelockedWeightCommits)) {
    for (const [, , , round] of queue) rounds.push(Number(round));
  }
  return rounds;
}

/** Blocks in which a hotkey made the timelocked commits that can still be revealed. */
export function liveTimelockedBlocks(
  state: StateReader,
  of: { netuid: number; index: number; hotkey: string; now: bigint },
): number[] {
  const period = read(state, storage.RevealPeriodEpochs, of.netuid);
  const blocks: number[] = [];
  for (let epoch = of.now > period ? of.now - period : 0n; epoch <= of.now; epoch += 1n) {
    for (const [who, block] of read(state, storage.TimelockedWeightCommits, of.index, epoch)) {
      if (who === of.hotkey) blocks.push(Number(block));
    }
  }
  return blocks;
}
