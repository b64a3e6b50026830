import { IntentState } from "../store/intent.ts";
import { countByState } from "../store/intents.ts";
import { isChainUp, readStatus, type StatusSource } from "./read.ts";

/** Brings the gauges up to date; counters are counted where things happen. */
export function refreshGauges(source: StatusSource): void {
  const { db, vitals } = source;
  const { metrics, headAtMs, clock } = vitals;
  const status = readStatus(source);
  const block = status.block ?? 0;
  metrics.build.set({ version: status.version }, 1);
  metrics.headBlock.set(block);
  metrics.headAge.set((clock.now() - headAtMs) / 1_000);
  metrics.isChainUp.set(Number(isChainUp(vitals)));
  metrics.isBackendUp.set(Number(status.isBackendUp));
  metrics.isHeld.set(Number(status.hold !== null));
  metrics.backlog.set(status.backlog);
  metrics.evaluators.set(status.evaluators);
  if (status.epoch) metrics.epochIndex.set(status.epoch.index);
  if (status.epoch?.nextBlock) metrics.blocksToEpoch.set(Math.max(0, status.epoch.nextBlock - block));
  if (status.lastSet) metrics.lastSetBlock.set(status.lastSet.block);
  if (status.lastSet) metrics.blocksSinceSet.set(block - status.lastSet.block);
  if (status.snapshot) {
    metrics.snapshotVersion.set(status.snapshot.version);
    metrics.snapshotAge.set(block - status.snapshot.block);
    metrics.snapshotValid.set(status.snapshot.validUntil - block);
  }
  const counts = countByState(db);
  for (const state of IntentState.options) metrics.intents.set({ state }, counts.get(state) ?? 0);
}
