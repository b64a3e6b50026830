import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { findLastConfirmed } from "../store/intents.ts";
import { findNote } from "../store/notes.ts";
import { countQueuedResults } from "../store/results.ts";
import { findKeptSnapshot } from "../store/snapshots.ts";
import { softwareVersion } from "../version.ts";
import type { Vitals } from "../vitals.ts";
import type { Status } from "./status.ts";

/** A chain without a new finalised block for this long is taken as away. */
export const CHAIN_AWAY_MS = 120_000;

export type StatusSource = {
  readonly db: DatabaseSync;
  readonly vitals: Vitals;
  readonly storageIndex: number;
  readonly who: Pick<Status, "hotkey" | "genesis" | "netuid" | "mechid" | "duties">;
};

/** How this process stands now, from its journal and its memory. */
export function readStatus({ db, vitals, storageIndex, who }: StatusSource): Status {
  const { head, epoch, hold } = vitals;
  return {
    ...who,
    version: softwareVersion,
    pid: process.pid,
    block: head?.block ?? null,
    isChainUp: isChainUp(vitals),
    isBackendUp: vitals.isBackendUp,
    epoch: epoch ? { index: epoch.epochIndex, tempo: epoch.tempo, nextBlock: epoch.nextEpochStart } : null,
    snapshot: snapshotOf(db),
    lastSet: lastSetOf(db, storageIndex),
    hold: hold ? { code: hold.code, reason: hold.reason } : null,
    isPaused: findNote(db, "pause") !== undefined,
    backlog: countQueuedResults(db),
    evaluators: vitals.evaluators,
  };
}

/** Whether the chain has shown a new block lately, by a clock that nobody sets. */
export function isChainUp({ head, headAtMs, clock }: Vitals): boolean {
  return head !== undefined && clock.now() - headAtMs < CHAIN_AWAY_MS;
}

function lastSetOf(db: DatabaseSync, storageIndex: number): Status["lastSet"] {
  const last = findLastConfirmed(db, storageIndex);
  if (!last?.included) return null;
  const { epochIndex, snapshotVersion, state } = last;
  return { block: last.included.block, epochIndex, snapshotVersion, state };
}

/** It was verified when it was kept; only these three are wanted of what may be long. */
const Dates = z.object({ version: z.int(), block: z.int(), validUntil: z.int() });

function snapshotOf(db: DatabaseSync): Status["snapshot"] {
  const kept = findKeptSnapshot(db);
  if (kept === undefined) return null;
  return Dates.parse(JSON.parse(kept.signed.body));
}
