/** The two keys of a participant, as ss58 addresses. */
export type KeyPair = { readonly hotkey: string; readonly coldkey: string };

/** A neuron that exists from block 0; its uid is its position in `neurons`. */
export type GenesisNeuron = KeyPair & {
  /** Alpha staked on the subnet, in rao. */
  readonly stakeRao?: bigint;
  /** Whether the validator permit is held before the first epoch. */
  readonly validatorPermit?: boolean;
  /** Weights of mechanism 0 already set: (uid, u16), ascending. */
  readonly weights?: readonly (readonly [uid: number, value: number])[];
};

/** Overrides of a subnet's hyperparameters; what is absent keeps the value a new subnet gets. */
export type GenesisHyperparameters = {
  readonly kappa?: number;
  readonly rho?: number;
  readonly immunityPeriod?: number;
  readonly minAllowedWeights?: number;
  readonly maxAllowedUids?: number;
  readonly maxAllowedValidators?: number;
  readonly weightsVersionKey?: bigint;
  readonly activityCutoffFactorMilli?: number;
  readonly bondsMovingAverage?: bigint;
  readonly bondsPenalty?: number;
  readonly commitRevealWeightsEnabled?: boolean;
  readonly liquidAlphaOn?: boolean;
  readonly yuma3On?: boolean;
  readonly alphaValues?: readonly [low: number, high: number];
  readonly mechanismCount?: number;
  readonly burnRao?: bigint;
};

/** A subnet that exists from block 0. */
export type GenesisSubnet = {
  readonly netuid: number;
  readonly tempo: number;
  readonly weightsRateLimit: number;
  readonly owner: KeyPair;
  readonly hyperparameters?: GenesisHyperparameters;
  /** In uid order. The owner's hotkey comes first unless it is listed elsewhere. */
  readonly neurons: readonly GenesisNeuron[];
};

/** Everything that block 0 of a devnet holds, as data. */
export type GenesisSpec = {
  readonly chainName: string;
  /** Wall pace in milliseconds; 0 or absent means that blocks are made by hand. */
  readonly blockMs?: number;
  /** Chain time of block 0 in Unix milliseconds; absent means the clock's time at start. */
  readonly startTimeMs?: number;
  /** The account that may call `Sudo.sudo`. */
  readonly sudo: string;
  /** Free balance in rao by ss58 address. */
  readonly balances: Readonly<Record<string, bigint>>;
  /** Stake weight in rao that setting weights asks for. */
  readonly stakeThresholdRao?: bigint;
  readonly subnets: readonly GenesisSubnet[];
};
