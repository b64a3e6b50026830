import type { Backend } from "../backend.ts";
import { softwareVersion } from "../version.ts";

/** Brings the gauges up to date that nobody counts. */
export function refreshGauges({ metrics, feed, subnet, openSockets, pool }: Backend): void {
  metrics.build.set({ version: softwareVersion }, 1);
  metrics.sockets.set(openSockets());
  metrics.snapshotVersion.set(feed.newest()?.version ?? 0);
  metrics.chainAge.set(subnet.ageMs() / 1000);
  const figures = pool?.();
  if (figures === undefined) return;
  metrics.poolConnections.set({ state: "idle" }, figures.idle);
  metrics.poolConnections.set({ state: "busy" }, figures.total - figures.idle);
  metrics.poolWaiting.set(figures.waiting);
}
