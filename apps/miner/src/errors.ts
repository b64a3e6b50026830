import { CodedError } from "@assay/core";

/** Everything the miner refuses, by code. */
export type MinerErrorFacts =
  /** One or more settings are missing or wrong. */
  | { code: "MINER_SETTINGS_INVALID"; problems: readonly string[] }
  /** The agent's file cannot be read. */
  | { code: "MINER_FILE_UNREADABLE"; path: string; reason: string }
  /** No competition is open on the subnet. */
  | { code: "MINER_NO_COMPETITION" }
  /** Several competitions are open and none was chosen. */
  | { code: "MINER_COMPETITION_AMBIGUOUS"; open: readonly string[] }
  /** The agent failed as a whole when it was tried here. */
  | { code: "MINER_AGENT_FAILED"; failure: string; detail: string }
  /** Something did not answer in time. */
  | { code: "MINER_DEADLINE"; what: string; ms: number }
  /** In the log only: an error that has no code of its own. */
  | { code: "MINER_UNKNOWN" };

export class MinerError extends CodedError<MinerErrorFacts> {}
