import type { Signer } from "@assay/core";
import type { Beacon } from "@assay/timelock";

/** A block by height and hash. */
export type Head = { readonly block: number; readonly hash: string };

/** One registered neuron. */
export type Neuron = {
  readonly uid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly registeredAtBlock: number;
  readonly active: boolean;
  readonly validatorPermit: boolean;
  /** Stake weight S, u16. */
  readonly stakeWeight: number;
  /** Total stake weight the chain computes with, rao. */
  readonly stakeRao: bigint;
  readonly consensus: number;
  readonly incentive: number;
  readonly dividends: number;
  readonly validatorTrust: number;
  readonly emissionRao: bigint;
  /** LastUpdate of mechanism 0, or of the mechanism that was asked for. */
  readonly lastUpdate: number;
};

/** A subnet as one block saw it. */
export type Metagraph = {
  readonly netuid: number;
  readonly mechid: number;
  readonly at: Head;
  readonly tempo: number;
  readonly ownerHotkey: string;
  readonly ownerColdkey: string;
  /** By uid. */
  readonly neurons: readonly Neuron[];
};

/** Where a neuron says it can be reached. */
export type Axon = {
  readonly uid: number;
  readonly hotkey: string;
  /** IPv4 or IPv6 in text. */
  readonly ip: string;
  readonly port: number;
  readonly protocol: number;
  readonly version: number;
  /** When it was said. */
  readonly block: number;
};

/** One part of what a hotkey committed to; bytes as 0x hex. */
export type CommitmentField =
  | { readonly kind: "raw"; readonly bytes: string }
  | { readonly kind: "hash"; readonly algorithm: string; readonly hash: string }
  | { readonly kind: "timelocked"; readonly bytes: string; readonly revealRound: number }
  | { readonly kind: "other"; readonly name: string };

/** What a hotkey has committed to on a subnet, and when. */
export type HotkeyCommitment = {
  readonly uid: number;
  readonly hotkey: string;
  readonly block: number;
  readonly fields: readonly CommitmentField[];
};

/** A hyperparameter as the runtime names it: fixed-point numbers keep their bits. */
export type HyperparameterValue = boolean | bigint | { readonly bits: bigint; readonly fractionBits: number };

/** All hyperparameters the runtime tells of a subnet, by its own names. */
export type Hyperparameters = {
  readonly netuid: number;
  readonly at: Head;
  readonly values: Readonly<Record<string, HyperparameterValue>>;
};

/** When epochs run, as one block's state says. */
export type EpochState = {
  readonly at: Head;
  readonly tempo: number;
  readonly epochIndex: number;
  readonly lastEpochBlock: number;
  readonly pendingEpochAt: number;
  readonly blocksSinceLastStep: number;
  /** Null when the subnet runs no epochs. */
  readonly nextEpochStart: number | null;
};

/** What decides whether and how weights may be set. */
export type WeightRules = {
  readonly at: Head;
  readonly n: number;
  readonly mechanismCount: number;
  readonly commitRevealEnabled: boolean;
  readonly weightsRateLimit: number;
  readonly weightsVersionKey: bigint;
  readonly minAllowedWeights: number;
  readonly stakeThreshold: bigint;
  readonly maxAllowedValidators: number;
  readonly kappa: number;
  readonly bondsMovingAverage: bigint;
  readonly bondsPenalty: number;
  readonly liquidAlpha: boolean;
  readonly yuma3: boolean;
  readonly activityCutoffBlocks: number;
};

/** One validator's row in stored order: (uid, u16). */
export type WeightRow = readonly (readonly [uid: number, weight: number])[];

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

export type SetWeightsRequest = {
  readonly netuid: number;
  readonly mechid: number;
  readonly row: WeightRow;
  readonly versionKey: bigint;
  /** The hotkey; its address must be registered. */
  readonly signer: Signer;
  /** Where commit-reveal is on: commit by hash, to be revealed with {@link Chain.signReveal}, instead of timelocked. */
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
  | { readonly kind: "expired" }
  | { readonly kind: "pending" };

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
   * Signs the call that {@link planWeights} chooses, with a short mortal era; nothing is sent. CHAIN_WEIGHTS_REFUSED
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
  /** What became of a commit; `row` is what it should put on chain. */
  trackReveal(commit: Commit, row: WeightRow): Promise<RevealFate>;

  close(): Promise<void>;
};
