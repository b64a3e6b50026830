import { bytesToNumbers, numbersToBytes } from "./frames.ts";
import type { AgentSetup, LaneFailure } from "./lanes.ts";

/** What the agent's process may use: processor time in milliseconds, and resident memory in bytes. */
export type SandboxLimits = {
  readonly turnMs: number;
  readonly totalMs: number;
  readonly processBytes: number;
};

export type LoadMessage = {
  readonly artefact: Uint8Array;
  readonly setup: AgentSetup;
  readonly limits: SandboxLimits;
};

/** What the worker tells its process. */
export type WorkerMessage =
  | { readonly kind: "loaded" }
  | { readonly kind: "actions"; readonly actions: Float64Array<ArrayBuffer> }
  | { readonly kind: "failure"; readonly failure: LaneFailure };

const LOAD_NUMBERS = 9;

/** A load frame's payload: nine numbers, then the module. */
export function encodeLoad({ artefact, setup, limits }: LoadMessage): Uint8Array {
  const numbers = Float64Array.of(
    setup.initialPages,
    setup.maximumPages,
    setup.observationLength,
    setup.actionLength,
    setup.observationOffset,
    setup.actionOffset,
    limits.turnMs,
    limits.totalMs,
    limits.processBytes,
  );
  return Buffer.concat([numbersToBytes(numbers), artefact]);
}

export function decodeLoad(payload: Uint8Array): LoadMessage {
  const bytes = LOAD_NUMBERS * 8;
  const numbers = bytesToNumbers(payload.subarray(0, bytes));
  const at = (i: number) => numbers[i] ?? 0;
  return {
    artefact: Uint8Array.from(payload.subarray(bytes)),
    setup: {
      initialPages: at(0),
      maximumPages: at(1),
      observationLength: at(2),
      actionLength: at(3),
      observationOffset: at(4),
      actionOffset: at(5),
    },
    limits: { turnMs: at(6), totalMs: at(7), processBytes: at(8) },
  };
}
