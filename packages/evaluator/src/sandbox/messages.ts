import { bytesToNumbers, numbersToBytes } from "./frames.ts";
import type { AgentSetup, LaneFailure } from "./lanes.ts";

/** Processor time in milliseconds the agent's process may use. */
export type CpuLimits = { readonly turnMs: number; readonly totalMs: number };

export type LoadMessage = {
  readonly artefact: Uint8Array;
  readonly setup: AgentSetup;
  readonly cpu: CpuLimits;
};

/** What the worker tells its process. */
export type WorkerMessage =
  | { readonly kind: "loaded" }
  | { readonly kind: "actions"; readonly actions: Float64Array<ArrayBuffer> }
  | { readonly kind: "failure"; readonly failure: LaneFailure };

const LOAD_NUMBERS = 8;

/** A load frame's payload: eight numbers, then the module. */
export function encodeLoad({ artefact, setup, cpu }: LoadMessage): Uint8Array {
  const numbers = Float64Array.of(
    setup.initialPages,
    setup.maximumPages,
    setup.observationLength,
    setup.actionLength,
    setup.observationOffset,
    setup.actionOffset,
    cpu.turnMs,
    cpu.totalMs,
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
    cpu: { turnMs: at(6), totalMs: at(7) },
  };
}
