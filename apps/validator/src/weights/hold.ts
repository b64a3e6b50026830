import { CodedError } from "@assay/core";

/** A reason to send nothing now, by code and in words. */
export type Hold = { readonly kind: "hold"; readonly code: string; readonly reason: string };

/** An error as a reason to hold; one without a code is not ours to judge and goes on. */
export function holdOf(error: unknown): Hold {
  if (error instanceof CodedError) return { kind: "hold", code: error.code, reason: error.message };
  throw error;
}
