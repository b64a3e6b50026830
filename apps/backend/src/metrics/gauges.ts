import { SnapshotBody } from "@assay/core";
import type { Backend } from "../backend.ts";
import { softwareVersion } from "../version.ts";

/** Brings the gauges up to date that nobody counts. */
export function refreshGauges(backend: Backend): void {
  const { metrics, feed, subnet, openSockets, pool } = backend;
  metrics.build.set({ version: softwareVersion }, 1);
  metrics.sockets.set(openSockets());
  metrics.snapshotVersion.set(feed.newest()?.version ?? 0);
  metrics.chainAge.set(subnet.ageMs() / 1000);
  refreshAge(backend);
  const figures = pool?.();
  if (figures === undefined) return;
  metrics.poolConnections.set({ state: "idle" }, figures.idle);
  metrics.poolConnections.set({ state: "busy" }, figures.total - figures.idle);
  metrics.poolWaiting.set(figures.waiting);
}

/** A backend that has never published counts from block 0: that, too, is too long ago. */
function refreshAge({ metrics, feed, subnet }: Backend): void {
  const { metagraph } = subnet.newest();
  const newest = feed.newest();
  const signedAt = newest === undefined ? 0 : SnapshotBody.parse(JSON.parse(newest.body)).block;
  metrics.snapshotAge.set(Math.max(0, metagraph.at.block - signedAt));
  metrics.tempo.set(metagraph.tempo);
}
