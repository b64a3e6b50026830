import { CodedError } from "@assay/core";

/** Everything the validator refuses, by code. */
export type ValidatorErrorFacts =
  /** The command line cannot be meant. */
  | { code: "VALIDATOR_USAGE"; argument: string }
  /** One or more settings are missing or wrong. */
  | { code: "VALIDATOR_SETTINGS_INVALID"; problems: readonly string[] }
  /** Another process has the journal open. */
  | { code: "VALIDATOR_JOURNAL_LOCKED"; path: string }
  /** The journal belongs to another hotkey or another chain. */
  | {
      code: "VALIDATOR_JOURNAL_FOREIGN";
      path: string;
      field: "genesis" | "hotkey";
      journal: string;
      ours: string;
    }
  /** The journal's file or one of its records is not what was written. */
  | { code: "VALIDATOR_JOURNAL_DAMAGED"; path: string; problem: string }
  /** The journal existed and is gone. */
  | { code: "VALIDATOR_JOURNAL_GONE"; path: string; marker: string }
  /** The journal was exported to another host. */
  | { code: "VALIDATOR_JOURNAL_MOVED"; path: string; to: string }
  /** A command needs a journal and there is none. */
  | { code: "VALIDATOR_JOURNAL_ABSENT"; path: string }
  /** A command would put a journal in the place of one that is in use. */
  | { code: "VALIDATOR_JOURNAL_PRESENT"; path: string }
  /** A newer version of this software wrote the journal. */
  | { code: "VALIDATOR_JOURNAL_NEWER"; path: string; found: number; known: number }
  /** The journal's folder or file cannot be written. */
  | { code: "VALIDATOR_JOURNAL_UNWRITABLE"; path: string; problem: string }
  /** The epoch already has an extrinsic that is not provably dead. */
  | { code: "VALIDATOR_EPOCH_TAKEN"; epochIndex: number; state: string }
  /** An intent cannot go from one state to the other, or was moved meanwhile. */
  | { code: "VALIDATOR_INTENT_MOVED"; id: number; from: string; to: string }
  /** A snapshot is older than one that was accepted. */
  | { code: "VALIDATOR_SNAPSHOT_OLDER"; version: number; highest: number }
  /** Two different snapshots are signed under one version. */
  | { code: "VALIDATOR_SNAPSHOT_CONFLICT"; version: number; vectorHash: string; other: string }
  /** The newest snapshot is past its end and says to stop then. */
  | { code: "VALIDATOR_SNAPSHOT_EXPIRED"; version: number; validUntil: number; effectBlock: number }
  /** A snapshot is not what its published inputs give. */
  | { code: "VALIDATOR_SNAPSHOT_MISMATCH"; version: number; problem: string }
  /** A snapshot's inputs were not to be had, and only what was computed again may be sent. */
  | { code: "VALIDATOR_SNAPSHOT_UNVERIFIED"; version: number }
  /** No snapshot was ever accepted. */
  | { code: "VALIDATOR_NO_SNAPSHOT" }
  /** The subnet's rules ask for a newer version of this software. */
  | { code: "VALIDATOR_TOO_OLD"; required: string; ours: string }
  /** The hotkey has no uid on the subnet. */
  | { code: "VALIDATOR_NOT_REGISTERED"; hotkey: string; netuid: number }
  /** The rules name an instance that has no valid vector. */
  | { code: "VALIDATOR_INSTANCE_UNKNOWN"; version: number }
  /** Something must burn and no hotkey of the owner is registered. */
  | { code: "VALIDATOR_NO_BURN_TARGET"; version: number }
  /** As many extrinsics of this epoch failed as are tried. */
  | { code: "VALIDATOR_ATTEMPTS_SPENT"; epochIndex: number; attempts: number }
  /** The operator has paused this validator. */
  | { code: "VALIDATOR_PAUSED"; reason: string }
  /** Something that this journal does not know may take effect in this epoch. */
  | { code: "VALIDATOR_EPOCH_UNKNOWN"; epochIndex: number; throughEpoch: number; afterBlock: number }
  /** Somebody else acts with this hotkey. */
  | { code: "VALIDATOR_STRANGER"; hotkey: string; block: number; problem: string }
  /** The newest block shows something of this hotkey that is not final yet. */
  | { code: "VALIDATOR_UNSETTLED"; block: number; finalisedBlock: number }
  /** The vector differs more from what is on chain than the operator allows. */
  | { code: "VALIDATOR_CHANGE_TOO_LARGE"; version: number; changePpb: number; allowedPpb: number }
  /** The chain dropped a commit without putting its row on chain. */
  | { code: "VALIDATOR_NOT_REVEALED"; commitHash: string; epoch: number }
  /** No weights were confirmed for several tempos. */
  | { code: "VALIDATOR_OVERDUE"; sinceBlock: number; tempos: number }
  /** An extrinsic of ours was included and the chain shows another row. */
  | { code: "VALIDATOR_READ_BACK_DIFFERS"; hash: string; block: number }
  /** The container engine of this host does not confine what it runs, so no agent is run in one. */
  | { code: "VALIDATOR_CONTAINERS_UNCONFINED"; engine: string; broken: readonly string[] }
  /** An evaluator on another host did not finish what it was given; the job goes to another. */
  | { code: "VALIDATOR_EVALUATOR_LOST"; name: string; reason: string | null; why: string }
  /** In the log only: an evaluator was not let in, or broke the protocol and was cut off. */
  | { code: "VALIDATOR_EVALUATOR_REFUSED"; reason: string }
  /** A result is not sent while the backend does not say which key signs its receipts. */
  | { code: "VALIDATOR_RECEIPT_KEY_UNKNOWN"; reason: string }
  /** Something did not answer in time. */
  | { code: "VALIDATOR_DEADLINE"; what: string; ms: number }
  /** In the log only: an error that has no code of its own. */
  | { code: "VALIDATOR_UNKNOWN" };

export class ValidatorError extends CodedError<ValidatorErrorFacts> {}
