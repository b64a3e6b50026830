/** Why inspection refused a module before it was instantiated. */
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
  | "unsupported";

/** A failure of the agent, not of the evaluator: an ordinary answer that scores as such, never an exception. */
export type AgentFailure =
  | { readonly code: "EVALUATOR_AGENT_REFUSED"; readonly reason: RefusalReason; readonly detail: string }
  | {
      readonly code:
        | "EVALUATOR_AGENT_TIMEOUT"
        | "EVALUATOR_AGENT_OUT_OF_MEMORY"
        | "EVALUATOR_AGENT_TRAP"
        | "EVALUATOR_AGENT_INVALID_ACTION";
      readonly detail: string;
    };

export type AgentFailureCode = AgentFailure["code"];
