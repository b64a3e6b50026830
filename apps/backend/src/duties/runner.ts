import { setTimeout as wait } from "node:timers/promises";
import { claimDuty, type DutyClaim, ensureDuty, finishDuty, renewDuty } from "@assay/db";
import { type Backend, nowOf } from "../backend.ts";
import type { Duty } from "./duty.ts";

/** A replica that dies or stalls loses its claim after this long; one that is at work renews it meanwhile. */
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/** How often a duty is looked at without being woken. */
const LOOK_MS = 1_000;
/** Pause after a failed run, doubled with each that follows, so that a broken duty neither spins nor waits long. */
const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** Failures in a row of this process; another replica that takes over begins anew. */
const failures = new WeakMap<Duty, number>();

export type Runner = {
  /** Looks at every duty now, or once more after the look in progress. */
  wake(): void;
  /** Resolves when the signal has aborted and every run has ended. */
  readonly stopped: Promise<void>;
};

/** Runs duties whenever they are due, each by whichever replica claims it first. */
export function runDuties(
  backend: Backend,
  { duties, signal }: { duties: readonly Duty[]; signal: AbortSignal },
): Runner {
  const loops = duties.map((duty) => loopOf(backend, { duty, signal }));
  return {
    wake: () => loops.forEach((loop) => loop.wake()),
    stopped: Promise.all(loops.map(({ ended }) => ended)).then(() => undefined),
  };
}

function loopOf(backend: Backend, { duty, signal }: { duty: Duty; signal: AbortSignal }) {
  let bell = Promise.withResolvers<void>();
  const run = async () => {
    while (!signal.aborted) {
      const rung = bell.promise;
      await attempt(backend, duty);
      await Promise.race([rung, wait(LOOK_MS, undefined, { signal }).catch(() => undefined)]);
      bell = Promise.withResolvers();
    }
  };
  return { wake: () => bell.resolve(), ended: run() };
}

async function attempt(backend: Backend, duty: Duty): Promise<void> {
  try {
    await runIfDue(backend, duty);
  } catch (error) {
    backend.log.error({ err: error, duty: duty.name }, "duty not run");
  }
}

/** Claims, runs and finishes a duty once; false if it is not due or another replica has it. */
export async function runIfDue(backend: Backend, duty: Duty): Promise<boolean> {
  const { db, netuid, clock } = backend;
  const name = { netuid, name: duty.name };
  const claim = await claimDuty(db, { ...name, ...leaseOf(backend) });
  if (claim === undefined) return false;
  const pauseMs = await outcomeOf(backend, { duty, claim });
  await finishDuty(db, { ...name, fence: claim.fence, dueAt: new Date(clock.now() + pauseMs) });
  return true;
}

function leaseOf(backend: Backend): { now: Date; leasedUntil: Date } {
  const now = nowOf(backend);
  return { now, leasedUntil: new Date(now.getTime() + LEASE_MS) };
}

async function outcomeOf(
  backend: Backend,
  { duty, claim }: { duty: Duty; claim: DutyClaim },
): Promise<number> {
  const renewal = setInterval(() => void renew(backend, claim), RENEW_MS);
  const observe = startRun(backend, duty);
  try {
    await duty.run(claim);
    observe("done");
    failures.delete(duty);
    return duty.intervalMs;
  } catch (error) {
    const failed = (failures.get(duty) ?? 0) + 1;
    failures.set(duty, failed);
    observe("failed");
    const pauseMs = Math.min(RETRY_MS * 2 ** (failed - 1), LONGEST_RETRY_MS);
    backend.log.error({ err: error, duty: duty.name, failed, pauseMs }, "duty failed");
    return pauseMs;
  } finally {
    clearInterval(renewal);
  }
}

/** Times a run; what is returned is told how it ended. */
function startRun({ metrics, clock }: Backend, { name: duty }: Duty): (outcome: "done" | "failed") => void {
  const stop = metrics.dutySeconds.startTimer({ duty });
  return (outcome) => {
    stop();
    metrics.duties.inc({ duty, outcome });
    if (outcome === "done") metrics.dutyLastRun.set({ duty }, clock.now() / 1000);
  };
}

/** A renewal that fails costs nothing by itself: without one the lease runs out, and the fence holds off the writer. */
async function renew(backend: Backend, { netuid, name, fence }: DutyClaim): Promise<void> {
  try {
    await renewDuty(backend.db, { netuid, name, fence, ...leaseOf(backend) });
  } catch (error) {
    backend.log.warn({ err: error, duty: name }, "duty not renewed");
  }
}

/** Makes the duties known to all replicas, due at once where they are new. */
export async function ensureDuties(backend: Backend, duties: readonly Duty[]): Promise<void> {
  const { db, netuid } = backend;
  for (const { name } of duties) await ensureDuty(db, { netuid, name, dueAt: nowOf(backend) });
}
