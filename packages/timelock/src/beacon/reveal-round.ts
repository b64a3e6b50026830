import { assertInteger } from "../assert.ts";
import type { Beacon } from "./beacon.ts";

/** Blocks after the reveal block until which a round may come out: time for the chain to store its pulse. */
export const PULSE_MARGIN_BLOCKS = 3;

/** What decides the round of a commit. Heights and timestamp are of the same head, read at one block hash. */
export type RevealTiming = {
  readonly beacon: Beacon;
  /** Height of the head. */
  readonly headBlock: number;
  /** Timestamp of the head in epoch milliseconds; never the clock of this machine, which may be off. */
  readonly headTimeMs: number;
  /** Milliseconds per block: 12,000 on public networks. */
  readonly blockMs: number;
  /** First block that looks for the commit's pulse, after the head. */
  readonly revealBlock: number;
};

/**
 * The round to encrypt for: the last one before `PULSE_MARGIN_BLOCKS` past the reveal block, counted down so that it comes
 * early rather than late, and never below 1. An earlier round would let others read the weights too soon; a much
 * later one misses the epoch in which the chain retries.
 */
export function revealRound({ beacon, headBlock, headTimeMs, blockMs, revealBlock }: RevealTiming): number {
  const max = Number.MAX_SAFE_INTEGER;
  assertInteger("headBlock", headBlock, { min: 0, max });
  assertInteger("headTimeMs", headTimeMs, { min: 0, max });
  assertInteger("blockMs", blockMs, { min: 1, max });
  assertInteger("revealBlock", revealBlock, { min: headBlock + 1, max });
  const aheadMs = (revealBlock + PULSE_MARGIN_BLOCKS - headBlock) * blockMs;
  const sinceGenesisMs = headTimeMs + aheadMs - beacon.genesisTime * 1000;
  return Math.max(1, Math.floor(sinceGenesisMs / (beacon.periodSeconds * 1000)));
}
