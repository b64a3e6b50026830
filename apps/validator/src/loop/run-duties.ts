import type { Head } from "@assay/chain";
import { errorFacts, type Logger } from "../log.ts";
import { LOG } from "../log-messages.ts";
import type { Duty } from "./duty.ts";

/** Told of every run of a duty that has ended. */
export type OnRun = (run: { duty: string; outcome: "done" | "failed"; seconds: number }) => void;

type Loop = { duties: readonly Duty[]; log: Logger; signal: AbortSignal; onRun?: OnRun };

/**
 * Calls every duty once per head. One that is still busy misses the head instead of queueing for it, and no
 * duty waits for another; resolves when the heads have ended and every duty has come back.
 */
export async function runDuties(
  heads: AsyncIterable<Head>,
  { duties, log, signal, onRun = () => {} }: Loop,
): Promise<void> {
  const states = duties.map((duty): State => ({ duty, running: undefined, failing: undefined }));
  for await (const head of heads)
    for (const state of states.filter(({ running }) => running === undefined)) {
      const run = runOnce(state, { head, signal, log, onRun });
      state.running = run.finally(() => {
        state.running = undefined;
      });
    }
  await Promise.all(states.flatMap(({ running }) => running ?? []));
}

type State = { duty: Duty; running: Promise<void> | undefined; failing: string | undefined };
type Call = { head: Head; signal: AbortSignal; log: Logger; onRun: OnRun };

/** An error is told once as an error, and then quietly until it is another or over. */
async function runOnce(state: State, { head, signal, log, onRun }: Call): Promise<void> {
  const duty = state.duty.name;
  const facts = { duty, block: head.block };
  const from = performance.now();
  const ended = (outcome: "done" | "failed") =>
    onRun({ duty, outcome, seconds: (performance.now() - from) / 1_000 });
  try {
    await state.duty.run(head, signal);
    if (state.failing !== undefined) log.info(facts, LOG.dutyRecovered);
    state.failing = undefined;
    ended("done");
  } catch (error) {
    if (signal.aborted) return;
    const told = errorFacts(error);
    log[state.failing === told.code ? "debug" : "error"]({ ...facts, ...told }, LOG.dutyFailed);
    state.failing = told.code;
    ended("failed");
  }
}
