import { CodedError } from "@assay/core";

/** A reason to send nothing now, in words and by code. */
export type Hold = { readonly kind: "hold"; readonly code: string; readonly reason: string };

export function hold(code: string, reason: string): Hold {
  return { kind: "hold", code, reason };
}

/** An error of verification as a reason to hold; anything without a code is not ours to judge. */
export function holdOf(error: unknown): Hold {
  if (error instanceof CodedError) return hold(error.code, error.message);
  throw error;
}
