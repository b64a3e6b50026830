import type { Head } from "@assay/chain";

/** Periodic work, called with a finalised head at most once per block and never while it still runs. */
export type Duty = {
  readonly name: string;
  run(head: Head, signal: AbortSignal): Promise<void>;
};
