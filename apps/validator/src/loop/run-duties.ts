import type { Head } from "@assay/chain";
import { errorFacts, type Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Duty } from "./duty.ts";

type Loop = { duties: readonly Duty[]; log: Logger; signal: AbortSignal };

/**
 * Calls every duty once per head. One that is still busy misses the head instead of queueing for it, and no
 * duty waits for another; resolves when the heads have ended and every duty has come back.
 */
export async function runDuties(heads: AsyncIterable<Head>, { duties, log, signal }: Loop): Promise<void> {
  const states = duties.map((duty): State => ({ duty, running: undefined, failing: undefined }));
  for await (const head of heads)
    for (const state of states.filter(({ running }) => running === undefined)) {
      const run = runOnce(state, { head, signal, log });
      state.running = run.finally(() => {
        state.running = undefined;
      });
    }
  await Promise.all(states.flatMap(({ running }) => running ?? []));
}

type State = { duty: Duty; running: Promise<void> | undefined; failing: string | undefined };
type Call = { head: Head; signal: AbortSignal; log: Logger };

/** An error is told once as an error, and then quietly until it is another or over. */
async function runOnce(state: State, { head, signal, log }: Call): Promise<void> {
  const facts = { duty: state.duty.name, block: head.block };
  try {
    await state.duty.run(head, signal);
    if (state.failing !== undefined) log.info(facts, LOG.dutyRecovered);
    state.failing = undefined;
  } catch (error) {
    if (signal.aborted) return;
    const told = errorFacts(error);
    log[state.failing === told.code ? "debug" : "error"]({ ...facts, ...told }, LOG.dutyFailed);
    state.failing = told.code;
  }
}
