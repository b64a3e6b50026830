import type { EpochState, Head } from "@assay/chain";
import { sendBlock } from "@assay/core";

/** Blocks an extrinsic needs from being signed to lie in a block. */
const INCLUSION_BLOCKS = 2;

type Who = {
  readonly genesis: string;
  readonly netuid: number;
  readonly mechid: number;
  readonly hotkey: string;
};

/** Whether this block of the epoch is one to send in: from its send block on, while inclusion still falls into it. */
export function isTimeToSend(
  epoch: EpochState,
  { finalised, best, who }: { finalised: Head; best: Head; who: Who },
): boolean {
  const { lastEpochBlock, nextEpochStart } = epoch;
  if (nextEpochStart === null) return false;
  if (best.block + INCLUSION_BLOCKS >= nextEpochStart) return false;
  return finalised.block >= sendBlock({ lastEpochBlock, nextEpochStart, ...who });
}
