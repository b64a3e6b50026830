import type { Logger } from "./log.ts";
import { LOG } from "./log-messages.ts";

/**
 * A signal that aborts at the first SIGTERM or SIGINT, or when the process that started this one is gone; the second
 * one forces the end.
 */
export function stopSignal(log: Logger, force: () => void): AbortSignal {
  const stop = new AbortController();
  const onSignal = (cause: string) => {
    if (stop.signal.aborted) return force();
    log.info({ cause }, LOG.stopping);
    stop.abort(new Error(`stopped by ${cause}`));
  };
  for (const name of ["SIGTERM", "SIGINT"] as const) process.on(name, () => onSignal(name));
  process.once("disconnect", () => onSignal("the parent's end"));
  return stop.signal;
}
