import { isRetryable } from "@assay/client";

/** Tries until the backend answers, as participants do; what it refuses is thrown. */
export async function persist<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isRetryable(error)) throw error;
    }
  }
}
