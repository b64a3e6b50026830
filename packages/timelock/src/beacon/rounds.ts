import { assertInteger } from "../assert.ts";
import type { Beacon } from "./beacon.ts";

/** Refuses what is no round number; the first round is 1. */
export function assertRound(round: number): void {
  assertInteger("round", round, { min: 1, max: Number.MAX_SAFE_INTEGER });
}

/** When a round is published, in epoch milliseconds. */
export function roundTimeMs(beacon: Beacon, round: number): number {
  assertRound(round);
  return (beacon.genesisTime + (round - 1) * beacon.periodSeconds) * 1000;
}

/** The newest round published at a time in epoch milliseconds; 0 before the first. */
export function latestRound(beacon: Beacon, nowMs: number): number {
  assertInteger("nowMs", nowMs, { min: 0, max: Number.MAX_SAFE_INTEGER });
  const elapsedMs = nowMs - beacon.genesisTime * 1000;
  return Math.max(0, Math.floor(elapsedMs / (beacon.periodSeconds * 1000)) + 1);
}
