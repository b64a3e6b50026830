import type { EpochState, Head } from "@assay/chain";
import type { Clock } from "@assay/core";
import { createMetrics, type Metrics } from "./metrics.ts";
import type { Hold } from "./weights/hold.ts";

/** Time that no clock change can move. */
export const monotonicClock: Clock = { now: () => performance.now() };

/** What the process knows about itself now, for metrics, `/health` and `status`; nothing in it decides what is sent. */
export type Vitals = {
  readonly metrics: Metrics;
  readonly clock: Clock;
  head: Head | undefined;
  /** When the head arrived, on the monotonic clock. */
  headAtMs: number;
  epoch: EpochState | undefined;
  hold: Hold | undefined;
  isBackendUp: boolean;
  /** Evaluators of other hosts that have joined. */
  evaluators: number;
};

export function createVitals(clock: Clock = monotonicClock): Vitals {
  return {
    metrics: createMetrics(),
    clock,
    head: undefined,
    headAtMs: clock.now(),
    epoch: undefined,
    hold: undefined,
    isBackendUp: false,
    evaluators: 0,
  };
}

/** Notes a finalised head and when it came. */
export function noteHead(vitals: Vitals, head: Head): void {
  vitals.head = head;
  vitals.headAtMs = vitals.clock.now();
}
