import type { AgentFailure as FailureOnTheWire } from "@assay/core";

/** Why inspection refused an agent; the detail of an EVALUATOR_AGENT_REFUSED begins with it. */
export type RefusalReason =
  | "too-large"
  | "not-wasm"
  | "malformed"
  | "invalid"
  | "imports"
  | "own-memory"
  | "shared-memory"
  | "memory64"
  | "memory-limit"
  | "table-limit"
  | "exports"
  | "relaxed-simd"
  | "threads"
  | "unsupported"
  | "not-an-image"
  | "image-too-large"
  | "image-entry"
  | "image-agent";

export const AGENT_FAILURE_CODES = [
  "EVALUATOR_AGENT_REFUSED",
  "EVALUATOR_AGENT_TIMEOUT",
  "EVALUATOR_AGENT_OUT_OF_MEMORY",
  "EVALUATOR_AGENT_TRAP",
  "EVALUATOR_AGENT_INVALID_ACTION",
] as const;
export type AgentFailureCode = (typeof AGENT_FAILURE_CODES)[number];

/** A failure of the agent, not of the evaluator: an answer like any other, never an exception. */
export type AgentFailure = Readonly<FailureOnTheWire> & { readonly code: AgentFailureCode };
