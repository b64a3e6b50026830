import { type DutyClaim, latestSnapshot, type SnapshotRow, type Trx } from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import { settingsOf } from "../settings/service.ts";
import { periodOf } from "../signing.ts";
import { hasChanged, writeSnapshot } from "../snapshots/write.ts";
import type { Duty } from "./duty.ts";
import { fenced } from "./fenced.ts";
import { BROADCAST, SCORING } from "./names.ts";

/** Longest time between two looks at the age of the newest snapshot. */
const LOOK_MS = 10_000;

/** Recomputes the vector and publishes it at once if it has changed, or if there is none yet. */
export function scoringDuty(backend: Backend, { everySeconds }: { everySeconds: number }): Duty {
  const isDue = (trx: Trx) => hasChanged(trx, backend);
  let seconds = everySeconds;
  return {
    name: SCORING,
    get intervalMs() {
      return seconds * 1000;
    },
    run: async (claim) => {
      const settings = await settingsOf(backend.db, backend.netuid);
      seconds = settings.scoreIntervalSeconds ?? everySeconds;
      await publishIf(backend, { claim, isDue });
    },
  };
}

/** Publishes the vector again, as a new version, when the newest is as old as the interval or its certificate ends first. */
export function broadcastDuty(backend: Backend, { everySeconds }: { everySeconds: number }): Duty {
  let seconds = everySeconds;
  const isDue = async (trx: Trx) => {
    seconds = (await settingsOf(trx, backend.netuid)).broadcastIntervalSeconds ?? everySeconds;
    const newest = await latestSnapshot(trx, backend);
    if (newest === undefined) return false;
    const ageMs = nowOf(backend).getTime() - newest.createdAt.getTime();
    return ageMs >= seconds * 1000 || isOutlasted(newest, backend);
  };
  return {
    name: BROADCAST,
    // More often than a snapshot is due, because a decision publishes in between.
    get intervalMs() {
      return Math.min(seconds * 1000, LOOK_MS);
    },
    run: (claim) => publishIf(backend, { claim, isDue }),
  };
}

/**
 * Validators refuse a snapshot once its certificate has ended, so it is signed again as soon as there is one that holds
 * longer. Only then: replicas that have not all got the new key yet would otherwise take turns.
 */
function isOutlasted({ certificate }: SnapshotRow, { signing }: Backend): boolean {
  return periodOf(certificate).untilBlock < periodOf(signing.current().certificate).untilBlock;
}

async function publishIf(
  backend: Backend,
  { claim, isDue }: { claim: DutyClaim; isDue: (trx: Trx) => Promise<boolean> },
): Promise<void> {
  const act = async (trx: Trx) => ((await isDue(trx)) ? writeSnapshot(trx, backend) : undefined);
  const written = await fenced(backend, { claim, act });
  if (written === undefined) return;
  backend.trace("snapshot-committed");
  backend.log.info({ version: written.version, policy: written.policy }, "snapshot written");
}
