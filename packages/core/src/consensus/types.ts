import type { Fixed } from "./fixed.ts";

/**
 * One sparse row in the order the chain stores it: pairs of (uid, value). The order is part of the value,
 * see `bonds-yuma3.ts`. Stored rows hold u16, rows inside the epoch hold {@link Fixed}.
 */
export type SparseRow<Value = number> = readonly (readonly [uid: number, value: Value])[];

/** One sparse row per uid, values in raw I32F32 bits. */
export type FixedRows = readonly SparseRow<Fixed>[];

/**
 * Everything one mechanism's epoch reads from the chain at block `block`.
 *
 * Arrays have one element per uid (length `n`), except `lastUpdate`, whose length the chain does not
 * guarantee. u16 proportions mean value / 65535. Stake, thresholds and rao are whole u64 numbers.
 */
export type EpochInput = {
  /** Number of neurons of the subnet. */
  readonly n: number;
  /** Block at which the epoch runs. */
  readonly block: number;
  /** Blocks per epoch; read only by the bond mask while no epoch has ever run. */
  readonly tempo: number;
  /** Blocks without a weight update after which a validator is inactive, see `activityCutoffBlocks`. */
  readonly activityCutoffBlocks: number;
  /** Block of the last epoch that really ran (storage item `LastMechansimStepBlock`), 0 if none. */
  readonly lastEpochRunBlock: number;
  /** Stake below this counts as zero, the owner's excepted. */
  readonly stakeThreshold: bigint;
  /** Number of validator permits given out. */
  readonly maxAllowedValidators: number;
  /** Majority of stake that consensus needs, u16 proportion. */
  readonly kappa: number;
  /** How far weights for bonds are pulled to their clipped value, u16 proportion. */
  readonly bondsPenalty: number;
  /** Share of the old bond kept each epoch, parts per million. */
  readonly bondsMovingAverage: number;
  /** Per-pair bond rate from consensus (Yuma3 only) instead of one rate for all. */
  readonly liquidAlpha: boolean;
  /** Bounds of the liquid rate, u16 proportions. */
  readonly alphaLow: number;
  readonly alphaHigh: number;
  /** Steepness of the liquid rate's sigmoid, i16, hundredths. */
  readonly alphaSigmoidSteepness: number;
  /** Yuma3 bonds; false selects the older path. */
  readonly yuma3: boolean;
  /** Uid of the subnet owner's hotkey, null if it has none. */
  readonly ownerUid: number | null;
  /** Amount to split in this epoch. */
  readonly raoEmission: bigint;
  /** Stake weight of each hotkey in whole units, before the threshold, see `stakeWeight`. */
  readonly stake: readonly bigint[];
  /** Block of each uid's last weight update; a missing entry counts as 0. */
  readonly lastUpdate: readonly number[];
  /** Block at which each uid was last registered. */
  readonly blockAtRegistration: readonly number[];
  /** Permits in force during this epoch. */
  readonly validatorPermit: readonly boolean[];
  /** Stored weight rows, (uid, u16), in stored order with zeros. */
  readonly weights: readonly SparseRow[];
  /** Stored bond rows, (uid, u16). */
  readonly bonds: readonly SparseRow[];
  /** Whether weights are set by commit and reveal. */
  readonly commitReveal: boolean;
  /** Block of each uid's earliest live commit, null if none; empty while `commitReveal` is false. */
  readonly liveCommitBlock: readonly (number | null)[];
};

/** Everything the chain stores or pays after the epoch; one element per uid. */
export type EpochOutput = {
  readonly active: readonly boolean[];
  /** u16 proportions, floored: they seldom sum to exactly 65535. */
  readonly stakeWeight: readonly number[];
  /** Permits for the next epoch. */
  readonly validatorPermit: readonly boolean[];
  readonly consensus: readonly number[];
  readonly incentive: readonly number[];
  readonly dividends: readonly number[];
  readonly validatorTrust: readonly number[];
  /** Amounts in rao; each sums to at most `raoEmission`. */
  readonly emission: readonly bigint[];
  readonly serverEmission: readonly bigint[];
  readonly validatorEmission: readonly bigint[];
  /** Bond rows to store, (uid, u16); empty for a uid without the new permit. */
  readonly bonds: readonly SparseRow[];
  /** Inconsistencies the chain logs and passes over. */
  readonly logErrors: readonly string[];
};
