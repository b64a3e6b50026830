import type { Head } from "./head.ts";
import type {
  Axon,
  EpochState,
  HotkeyCommitment,
  Hyperparameters,
  Metagraph,
  SignerState,
  WeightRow,
  WeightRules,
} from "./subnet.ts";
import type {
  Commit,
  CommitFinding,
  ExtrinsicFate,
  HashCommit,
  PreflightFinding,
  RevealFate,
  SetWeightsOutcome,
  SetWeightsRequest,
  SignedExtrinsic,
  WeightsPlan,
} from "./weights.ts";

/** Something a runtime declares otherwise than this version expects. */
export type RuntimeChange = {
  /** Such as `call SubtensorModule.set_weights`. */
  readonly item: string;
  readonly expected: string;
  readonly found: string;
};

/** How the newest runtime met compares with what this version was made for. */
export type RuntimeReport = {
  readonly specVersion: number;
  /** Whether this version was made from this spec; an unknown one with the same shapes is used all the same. */
  readonly isKnown: boolean;
  /** Changed storage is not read; a changed call, extension or error holds what would be signed. */
  readonly changes: readonly RuntimeChange[];
};

/** The only door to Subtensor: every read names the block it is true at. */
export type Chain = {
  readonly genesisHash: string;
  readonly endpoint: string;
  readonly specVersion: number;

  /** Whether the node's runtime is one this version knows. */
  runtimeReport(): Promise<RuntimeReport>;
  /** Newest finalised block. */
  finalisedHead(): Promise<Head>;
  /** Newest block, finalised or not. */
  bestHead(): Promise<Head>;
  blockHash(block: number): Promise<string | undefined>;
  /**
   * Finalised heads, the present one first, heights only growing; the newest wins if the reader is slow. Ends when the
   * signal aborts or the chain closes, and goes on by itself after a lost connection.
   */
  finalisedHeads(signal?: AbortSignal): AsyncIterable<Head>;

  metagraph(netuid: number, options?: { mechid?: number; at?: string }): Promise<Metagraph>;
  weightRules(netuid: number, options?: { mechid?: number; at?: string }): Promise<WeightRules>;
  epochState(netuid: number, options?: { at?: string }): Promise<EpochState>;
  /** Rows of all validators, by uid; empty where none. */
  weights(netuid: number, options?: { mechid?: number; at?: string }): Promise<readonly WeightRow[]>;

  /** What a hotkey has done by a block, whoever held its key: nonce, last update, commits that wait. */
  signerState(
    who: { netuid: number; mechid: number; hotkey: string },
    options?: { at?: string },
  ): Promise<SignerState>;

  /** By which call weights would reach the chain now. */
  planWeights(request: Pick<SetWeightsRequest, "netuid" | "hashCommit">): Promise<WeightsPlan>;
  /** Bonds of all validators, by uid; empty where none. */
  bonds(netuid: number, options?: { mechid?: number; at?: string }): Promise<readonly WeightRow[]>;
  /** Axons of the neurons that serve one. */
  axons(netuid: number, options?: { at?: string }): Promise<readonly Axon[]>;
  /** Commitments of the neurons that made one. */
  commitments(netuid: number, options?: { at?: string }): Promise<readonly HotkeyCommitment[]>;
  hyperparameters(netuid: number, options?: { at?: string }): Promise<Hyperparameters>;

  /** Every refusal the chain would give, in its order; empty when weights may be set or committed now. */
  preflight(request: SetWeightsRequest): Promise<readonly PreflightFinding[]>;
  /**
   * Signs the call that `planWeights` chooses, with a short mortal era; nothing is sent. CHAIN_WEIGHTS_REFUSED
   * if there is no way.
   */
  signSetWeights(request: SetWeightsRequest): Promise<SignedExtrinsic>;
  /** Signs the reveal of a commit by hash; row, version key and salt must be those that were committed. */
  signReveal(request: SetWeightsRequest & { readonly hashCommit: HashCommit }): Promise<SignedExtrinsic>;
  /**
   * Sends, waits for finality, reads the row back; never sends twice, and past the era not at all. Throws only if
   * nothing was sent: CHAIN_SENDER_BUSY while another extrinsic of the hotkey is undecided, or no connection.
   */
  submit(extrinsic: SignedExtrinsic): Promise<SetWeightsOutcome>;
  /**
   * Looks for a sent extrinsic in finalised blocks from `fromBlock` (the finalised height when it was signed, or
   * earlier) to its era's end; expired is proven absence.
   */
  trackExtrinsic(extrinsic: { hash: string; eraEnd: number; fromBlock: number }): Promise<ExtrinsicFate>;

  /** Whether the block `at` holds the commit that a signed extrinsic makes. */
  findCommit(extrinsic: { hex: string }, at: string): Promise<CommitFinding>;
  /** What became of a timelocked commit; `row` is what it should put on chain. */
  trackReveal(commit: Commit, row: WeightRow): Promise<RevealFate>;

  close(): Promise<void>;
};
