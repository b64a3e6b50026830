import { MinerError } from "./errors.ts";

/** The promise's outcome, or MINER_DEADLINE after `ms`, or the signal's reason: no wait is endless. */
export async function within<T>(
  promise: Promise<T>,
  { what, ms, signal }: { what: string; ms: number; signal: AbortSignal },
): Promise<T> {
  const { promise: end, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new MinerError({ code: "MINER_DEADLINE", what, ms })), ms);
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([end, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
