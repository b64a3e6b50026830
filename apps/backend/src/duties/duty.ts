import type { DutyClaim } from "@assay/db";

/** Scheduled work that any replica may do, but only one at a time. */
export type Duty = {
  readonly name: string;
  /** Time from the end of one run to when the next is due; 0 for every look. */
  readonly intervalMs: number;
  /** Everything a run writes checks that the claim still holds. */
  run(claim: DutyClaim): Promise<void>;
};
