import type { Head } from "../head.ts";
import type { SetWeightsOutcome } from "../weights.ts";
import { refusalOf } from "./refusals.ts";

type Refused = Extract<SetWeightsOutcome, { kind: "refused" }>;

/** A refusal with the advice that belongs to its name. */
export function refused(
  stage: Refused["stage"],
  { error, says, included }: { error: string; says: string; included: Head | null },
): Refused {
  const { retryable, advice } = refusalOf(error);
  return { kind: "refused", stage, error, message: `${says}: ${advice}`, retryable, included };
}

/** Neither seen nor provably dead. */
export function unknown(reason: string): SetWeightsOutcome {
  return { kind: "unknown", reason };
}
