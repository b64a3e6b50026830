import { setTimeout as wait } from "node:timers/promises";

/** Acts again and again with a pause in between until the signal aborts; `act` handles its own failures. */
export async function repeat(
  act: () => Promise<void>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await act();
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
