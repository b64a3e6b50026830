import type { Fixed } from "./fixed.ts";
import type { StoredWeight } from "./weight-mask.ts";

/** A proportion as the epoch computes it and as the chain shows it. */
export type Proportion = { readonly bits: Fixed; readonly u16: number };

/** What one validator says of one miner, and what comes of it. */
export type WeightVote = StoredWeight & {
  readonly validator: number;
  readonly miner: number;
  /** W: the weight as a share of the row; 0 if there is none that counts. */
  readonly weight: Proportion;
  /** V: the weight within consensus. */
  readonly clipped: Proportion;
  /** W − V: the weight above consensus, which is lost. */
  readonly lost: Fixed;
};

/** A validator's vote with the stake behind it. */
export type MinerVote = WeightVote & {
  /** S and A of the validator. */
  readonly stake: Proportion;
  readonly activeStake: Proportion;
  /** mul(A, V): what the vote adds to the miner before incentives are normalised. */
  readonly contribution: Fixed;
  /** The part of the miner's incentive that is this vote's; all of them sum to it exactly. */
  readonly share: Fixed;
};

/** Why a miner's incentive is what it is. */
export type MinerExplanation = {
  readonly uid: number;
  readonly consensus: Proportion;
  readonly incentive: Proportion;
  /** By uid: every validator that has active stake or names the miner in its row. */
  readonly votes: readonly MinerVote[];
};

/** What a validator's weights earn and lose it. */
export type ValidatorExplanation = {
  readonly uid: number;
  readonly permit: boolean;
  readonly stake: Proportion;
  readonly activeStake: Proportion;
  /** Σ W: about ONE, or 0 if it has set nothing that counts. */
  readonly given: Proportion;
  /** T = Σ V: its validator trust. */
  readonly trust: Proportion;
  /** Σ W − Σ V: what clipping takes. */
  readonly lost: Proportion;
  readonly dividends: Proportion;
  /** Its row, in stored order. */
  readonly votes: readonly WeightVote[];
};
