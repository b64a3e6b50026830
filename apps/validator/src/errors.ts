import { CodedError } from "@assay/core";

/** Everything the validator refuses, by code. */
export type ValidatorErrorFacts =
  | { code: "VALIDATOR_SETTINGS_INVALID"; problems: readonly string[] }
  | { code: "VALIDATOR_JOURNAL_LOCKED"; path: string }
  | {
      code: "VALIDATOR_JOURNAL_FOREIGN";
      path: string;
      field: "genesis" | "hotkey";
      journal: string;
      ours: string;
    }
  | { code: "VALIDATOR_JOURNAL_DAMAGED"; path: string; problem: string }
  | { code: "VALIDATOR_JOURNAL_GONE"; path: string; marker: string }
  | { code: "VALIDATOR_JOURNAL_NEWER"; path: string; found: number; known: number }
  | { code: "VALIDATOR_JOURNAL_UNWRITABLE"; path: string; problem: string }
  | { code: "VALIDATOR_EPOCH_TAKEN"; epochIndex: number; state: string }
  | { code: "VALIDATOR_INTENT_MOVED"; id: number; from: string; to: string }
  | { code: "VALIDATOR_SNAPSHOT_OLDER"; version: number; highest: number }
  | { code: "VALIDATOR_SNAPSHOT_CONFLICT"; version: number; vectorHash: string; other: string }
  | { code: "VALIDATOR_READ_BACK_DIFFERS"; hash: string; block: number }
  | { code: "VALIDATOR_DEADLINE"; what: string; ms: number };

export class ValidatorError extends CodedError<ValidatorErrorFacts> {}
