import { ClientError, isRetryable } from "@assay/client";

/** Tries until the backend answers, as participants do; what it refuses is thrown. */
export async function persist<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isRetryable(error) && !hasAged(error)) throw error;
    }
  }
}

/** On a machine that was busy for half a minute the signature was old when it arrived; the next one is new. */
function hasAged(error: unknown): boolean {
  return error instanceof ClientError && error.code === "API_REQUEST_EXPIRED";
}
