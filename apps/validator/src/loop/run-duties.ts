import type { Head } from "@assay/chain";
import { errorFacts, type Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Duty } from "./duty.ts";

/**
 * Calls every duty once per head. One that is still busy misses the head instead of queueing for it, and no
 * duty waits for another; resolves when the heads have ended and every duty has come back.
 */
export async function runDuties(
  heads: AsyncIterable<Head>,
  { duties, log, signal }: { duties: readonly Duty[]; log: Logger; signal: AbortSignal },
): Promise<void> {
  const running = new Map<Duty, Promise<void>>();
  for await (const head of heads)
    for (const duty of duties.filter((one) => !running.has(one))) {
      const run = runOnce(duty, { head, signal, log }).finally(() => running.delete(duty));
      running.set(duty, run);
    }
  await Promise.all(running.values());
}

type Call = { head: Head; signal: AbortSignal; log: Logger };

async function runOnce(duty: Duty, { head, signal, log }: Call): Promise<void> {
  try {
    await duty.run(head, signal);
  } catch (error) {
    if (signal.aborted) return;
    log.error({ duty: duty.name, block: head.block, ...errorFacts(error) }, LOG.dutyFailed);
  }
}
