import { fnv1a } from "../fnv1a.ts";

/** What decides when a validator sends: the running epoch, and who it is. */
export type SendSlot = {
  /** Block of the last epoch slot. */
  readonly lastEpochBlock: number;
  /** Block at which the next epoch starts, see `nextEpochStart`; after `lastEpochBlock`. */
  readonly nextEpochStart: number;
  readonly genesis: string;
  readonly netuid: number;
  readonly mechid: number;
  readonly hotkey: string;
};

/**
 * The block of the running epoch in which a validator sends its weights: ¾ of the epoch plus a jitter of its own.
 *
 * With L = nextEpochStart − lastEpochBlock: lastEpochBlock + floor(3L/4) + hash mod max(1, floor(L/8)). Late, so that
 * the newest decision counts; the jitter, fixed by genesis, netuid, mechid and hotkey, spreads the validators
 * and keeps each one's gap at one tempo. At least the last eighth stays free for inclusion, a retry and finality: the
 * send blocks are 30..34 of 40, or 270..314 of 360.
 *
 * @returns a block in [lastEpochBlock, nextEpochStart); lastEpochBlock itself if the next start is overdue.
 */
export function sendBlock(slot: SendSlot): number {
  const length = Math.max(0, slot.nextEpochStart - slot.lastEpochBlock);
  const identity = [slot.genesis, slot.netuid, slot.mechid, slot.hotkey].join("/");
  const jitter = fnv1a(identity) % Math.max(1, Math.floor(length / 8));
  return slot.lastEpochBlock + Math.floor((3 * length) / 4) + jitter;
}
