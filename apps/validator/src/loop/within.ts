import { ValidatorError } from "../errors.ts";

export type Limit = { readonly what: string; readonly ms: number; readonly signal?: AbortSignal };

/**
 * The promise's outcome, or VALIDATOR_DEADLINE after `ms`, or the signal's reason: no wait is endless. What arrived while
 * this process itself stood still is an outcome in time.
 */
export async function within<T>(promise: Promise<T>, { what, ms, signal }: Limit): Promise<T> {
  const { promise: end, reject } = Promise.withResolvers<never>();
  const tooLate = () => reject(new ValidatorError({ code: "VALIDATOR_DEADLINE", what, ms }));
  const timer = setTimeout(() => setImmediate(tooLate), ms);
  const stop = () => reject(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  try {
    return await Promise.race([end, promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
