import type { Head } from "./head.ts";

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

/** What one block's state shows of a hotkey's own doing on a subnet's mechanism. */
export type SignerState = {
  readonly at: Head;
  /** The block's own time. */
  readonly timeMs: number;
  /** Extrinsics the account has had included, on whatever subnet. */
  readonly nonce: number;
  /** Null when it is not registered. */
  readonly uid: number | null;
  /** Block of its last set or commit; null without a uid. */
  readonly lastUpdate: number | null;
  /** Timelocked commits that wait for their reveal. */
  readonly commits: readonly {
    readonly commitHash: string;
    readonly epoch: number;
    readonly block: number;
  }[];
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
