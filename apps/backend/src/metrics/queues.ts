import { countPending, listDuties } from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import { overdueBefore } from "../candidates/service.ts";
import type { Metrics } from "./metrics.ts";

type Seen = Pick<Backend, "db" | "netuid" | "clock" | "metrics" | "log">;

/**
 * Keeps the gauges that only the database knows. No scrape waits for a look, so that it is answered while the database
 * is not; after a look that failed they are not told at all rather than as they were.
 */
export function watchQueues(backend: Seen): { look(): Promise<void> } {
  const { metrics, log } = backend;
  let looking: Promise<void> | undefined;
  forgetQueues(metrics);
  return {
    look() {
      looking ??= readQueues(backend)
        .catch((error: unknown) => {
          forgetQueues(metrics);
          log.warn({ err: error }, "the queues could not be read for the metrics");
        })
        .finally(() => {
          looking = undefined;
        });
      return looking;
    },
  };
}

async function readQueues(backend: Seen): Promise<void> {
  const { db, netuid, metrics } = backend;
  const since = await overdueBefore(backend);
  const { pending, overdue } = await countPending(db, { netuid, since });
  const duties = await listDuties(db, netuid);
  metrics.pendingCandidates.set(pending);
  metrics.overdueCandidates.set(overdue);
  const now = nowOf(backend).getTime();
  for (const { name: duty, dueAt, leasedUntil } of duties) {
    const isHeld = leasedUntil !== null && leasedUntil.getTime() > now;
    metrics.dutyLate.set({ duty }, isHeld ? 0 : Math.max(0, now - dueAt.getTime()) / 1000);
  }
}

/** Unknown is not none: a gauge that is not there says nothing, a zero would. */
function forgetQueues({ pendingCandidates, overdueCandidates, dutyLate }: Metrics): void {
  pendingCandidates.remove();
  overdueCandidates.remove();
  dutyLate.reset();
}
