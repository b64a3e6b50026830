import type { Signer } from "@assay/core";

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
};

/** A signed extrinsic, known before it is sent. */
export type SignedExtrinsic = {
  readonly hash: string;
  readonly hex: string;
  readonly nonce: number;
  /** Last block in which it can be included. */
  readonly eraEnd: number;
  readonly request: SetWeightsRequest;
};

/** What became of a sent extrinsic. `set` only after read-back of the row at a finalised block. */
export type SetWeightsOutcome =
  | {
      readonly kind: "set";
      readonly hash: string;
      readonly included: Head;
      readonly confirmed: Head;
      /** The second endpoint that showed the same, null if there is none or it was silent. */
      readonly witness: string | null;
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

  /** Every refusal the chain would give, in its order; empty when weights may be set now. */
  preflight(request: SetWeightsRequest): Promise<readonly PreflightFinding[]>;
  /** Signs with a short mortal era; nothing is sent. */
  signSetWeights(request: SetWeightsRequest): Promise<SignedExtrinsic>;
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

  close(): Promise<void>;
};
