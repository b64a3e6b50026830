import type { Job } from "@assay/core";
import { errorFacts } from "../log.ts";
import { LOG } from "../log-messages.ts";
import { pause } from "../loop/pause.ts";
import { asking, codeOf, type EvaluateContext } from "./context.ts";

const SHORTEST_MS = 1_000;
/** Whatever the clocks say: a host whose clock is off must not lose its lease by it. */
const LONGEST_MS = 20_000;

/**
 * Runs `work` while the job's lease is kept alive. The work's signal aborts when the lease was given to another:
 * what it would still find out nobody waits for.
 */
export async function underLease<T>(
  context: EvaluateContext,
  { job, signal }: { job: Job; signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const lost = new AbortController();
  const beating = keepAlive(context, { job, signal: AbortSignal.any([signal, done.signal]), lost });
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    done.abort();
    await beating;
  }
}

type Keep = { job: Job; signal: AbortSignal; lost: AbortController };

async function keepAlive({ board, clock, log }: EvaluateContext, { job, signal, lost }: Keep): Promise<void> {
  const { id, attempt, leasedUntil } = job;
  const third = (Date.parse(leasedUntil) - clock.now()) / 3;
  const everyMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, third));
  for (await pause(everyMs, signal); !signal.aborted; await pause(everyMs, signal)) {
    try {
      await asking("a longer lease", board.jobs.heartbeat({ id, attempt }), signal);
    } catch (error) {
      if (signal.aborted) return;
      if (codeOf(error) === "API_LEASE_LOST") return lost.abort(error);
      log.debug({ jobId: id, ...errorFacts(error) }, LOG.leaseNotExtended);
    }
  }
}
