/** No pause is longer, however many failures there were. */
export const LONGEST_PAUSE_MS = 30_000;

/** A pause with full jitter: anything up to a limit that doubles with every failure in a row. */
export function pauseMs(
  failures: number,
  { firstMs, random }: { firstMs: number; random: () => number },
): number {
  return random() * Math.min(LONGEST_PAUSE_MS, firstMs * 2 ** Math.min(failures, 30));
}

/** Waits, at most until the signal aborts. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const timer = setTimeout(wake, ms);
  signal?.addEventListener("abort", wake, { once: true });
  await promise;
  clearTimeout(timer);
  signal?.removeEventListener("abort", wake);
}
