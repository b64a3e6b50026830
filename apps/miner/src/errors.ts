import { CodedError } from "@assay/core";

/** Everything the miner refuses, by code. */
export type MinerErrorFacts =
  | { code: "MINER_SETTINGS_INVALID"; problems: readonly string[] }
  | { code: "MINER_FILE_UNREADABLE"; path: string; reason: string }
  | { code: "MINER_NO_COMPETITION" }
  | { code: "MINER_COMPETITION_AMBIGUOUS"; open: readonly { id: string; name: string }[] }
  | { code: "MINER_AGENT_FAILED"; failure: string; detail: string }
  | { code: "MINER_DEADLINE"; what: string; ms: number };

export class MinerError extends CodedError<MinerErrorFacts> {}
