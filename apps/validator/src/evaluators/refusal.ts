import type { JoinRefusal } from "@assay/evaluator";

/** Why a validator ends the connection of an evaluator, in a word and in a sentence. */
export type Refusal = { readonly reason: JoinRefusal; readonly message: string };

export function refusal(reason: JoinRefusal, message: string): Refusal {
  return { reason, message };
}
