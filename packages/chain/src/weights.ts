import type { Signer } from "@assay/core";
import type { Beacon } from "@assay/timelock";
import type { Head } from "./head.ts";
import type { WeightRow } from "./subnet.ts";

/** One check of the chain, made before anything is signed. */
export type PreflightFinding = {
  /** Error name of the chain, such as `SettingWeightsTooFast`. */
  readonly error: string;
  /** In words, with the numbers. */
  readonly message: string;
  /** Whether waiting alone can cure it. */
  readonly retryable: boolean;
  /** Blocks to wait, when that is known. */
  readonly waitBlocks: number | null;
};

/** Weights to bring on chain: what, not how. */
export type SetWeightsRequest = {
  readonly netuid: number;
  readonly mechid: number;
  readonly row: WeightRow;
  readonly versionKey: bigint;
  /** The hotkey; its address must be registered. */
  readonly signer: Signer;
  /** Where commit-reveal is on: commit by hash, to be revealed with `signReveal`, instead of timelocked. */
  readonly hashCommit?: HashCommit;
};

/** What a commit by hash needs again at its reveal: at least eight random u16, kept until then. */
export type HashCommit = { readonly salt: readonly number[] };

/** The way weights take, chosen from the chain's state. */
export type WeightsPlan =
  | { readonly kind: "direct"; readonly eraBlocks: number }
  | {
      readonly kind: "timelock";
      readonly eraBlocks: number;
      /** Epoch the commit is filed under, and the one in which the chain reveals it. */
      readonly commitEpoch: number;
      readonly revealEpoch: number;
      /** First block that looks for it. */
      readonly revealBlock: number;
      readonly revealRound: number;
      readonly beacon: Beacon;
    }
  | {
      readonly kind: "hash";
      readonly eraBlocks: number;
      readonly commitEpoch: number;
      readonly revealEpoch: number;
    }
  | ({ readonly kind: "refused" } & PreflightFinding);

/** A signed extrinsic, known before it is sent. */
export type SignedExtrinsic = {
  readonly hash: string;
  readonly hex: string;
  readonly nonce: number;
  /** Last block in which it can be included. */
  readonly eraEnd: number;
  readonly request: SetWeightsRequest;
};

/** What became of a sent extrinsic. `set`, `revealed` and `committed` only after read-back at a finalised block. */
export type SetWeightsOutcome =
  | {
      /** `revealed` if the extrinsic was the reveal of a commit by hash. */
      readonly kind: "set" | "revealed";
      readonly hash: string;
      readonly included: Head;
      readonly confirmed: Head;
      /** The second endpoint that showed the same, null if there is none or it was silent. */
      readonly witness: string | null;
    }
  /** The commit is on chain; its reveal is to be followed with `trackReveal`. */
  | {
      readonly kind: "committed";
      readonly hash: string;
      readonly included: Head;
      readonly confirmed: Head;
      readonly witness: string | null;
      readonly commit: Commit;
    }
  | {
      readonly kind: "refused";
      /** `pool`: never included. `dispatch`: included and failed. `read-back`: included, but the chain shows another row. */
      readonly stage: "pool" | "dispatch" | "read-back";
      readonly error: string;
      readonly message: string;
      readonly retryable: boolean;
      readonly included: Head | null;
    }
  /** Neither seen nor provably dead yet: look again with `trackExtrinsic`. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Where an extrinsic stands by what finalised blocks show. */
export type ExtrinsicFate =
  | { readonly kind: "included"; readonly at: Head; readonly success: boolean; readonly error: string | null }
  /** In this block, whose state the node no longer keeps: how it ended cannot be told by it any more. */
  | { readonly kind: "forgotten"; readonly at: Head }
  | { readonly kind: "expired" }
  | { readonly kind: "pending" };

/** A commit as the chain holds it. */
export type Commit = {
  readonly kind: "timelock" | "hash";
  readonly netuid: number;
  readonly mechid: number;
  readonly hotkey: string;
  /** BLAKE2b-256 of the sealed bytes, or the hash that was committed. */
  readonly commitHash: string;
  /** Null for a commit by hash. */
  readonly revealRound: number | null;
  /** The epoch it is filed under. */
  readonly epoch: number;
  readonly block: number;
};

/** Whether a block holds what an extrinsic committed; `none` if it commits nothing. */
export type CommitFinding =
  | { readonly kind: "none" }
  | { readonly kind: "found"; readonly commit: Commit }
  | { readonly kind: "missing"; readonly commitHash: string };

/** What finalised blocks show of a commit's reveal. */
export type RevealFate =
  | { readonly kind: "pending"; readonly epoch: number; readonly revealEpoch: number }
  /** The row is on chain; `at` is the block that revealed it. */
  | { readonly kind: "revealed"; readonly at: Head }
  /** It is gone and no block revealed it. */
  | { readonly kind: "lost"; readonly at: Head; readonly reason: string };
