import { EXIT } from "./exit.ts";
import type { Logger } from "./log.ts";
import { LOG } from "./log-messages.ts";

/**
 * A signal that aborts at the first SIGTERM or SIGINT, or when the process that started this one is gone; the second
 * one ends the process at once.
 */
export function stopSignal(log: Logger): AbortSignal {
  const stop = new AbortController();
  const onSignal = (cause: string) => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    log.info({ cause }, LOG.stopping);
    stop.abort(new Error(`stopped by ${cause}`));
  };
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => onSignal(name));
  process.once("disconnect", () => onSignal("the parent's end"));
  return stop.signal;
}
