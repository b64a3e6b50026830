/** What one validator got out of a run. */
export type ValidatorOutcome = {
  readonly hotkey: string;
  readonly strategy: string;
  /** Of all validators' stake. */
  readonly stakeShare: number;
  readonly emissionRao: bigint;
  /** Mean share of all dividends. */
  readonly dividends: number;
  /** dividends / stakeShare: 1 is what its stake deserves; 0 without stake. */
  readonly returnOnStake: number;
  /** Mean validator trust: how much of its weights stood within consensus. */
  readonly validatorTrust: number;
};

/** What one miner got out of a run. */
export type MinerOutcome = {
  readonly hotkey: string;
  readonly strategy: string;
  readonly emissionRao: bigint;
  /** Mean share of all incentive. */
  readonly incentive: number;
  /** Mean quality of what it submitted. */
  readonly quality: number;
  /** Share of the epochs in which its artefact was admitted. */
  readonly admitted: number;
  /** Share of the epochs in which it led by incentive. */
  readonly led: number;
};

/** Who led, and how often that was not earned. */
export type Leadership = {
  /** The leading miner of each epoch by position; null while nobody has anything. */
  readonly leaders: readonly (number | null)[];
  /** Epochs in which the lead went to a miner that is not better than the one it left. */
  readonly takeovers: number;
  /** takeovers / epochs. */
  readonly takeoverRate: number;
  /** Share of the epochs led by a miner worse than the best one admitted. */
  readonly misledRate: number;
};

/** Outcome of a simulation. */
export type SimulationResult = {
  readonly epochs: number;
  readonly validators: readonly ValidatorOutcome[];
  readonly miners: readonly MinerOutcome[];
  /** Incentive that went to the subnet owner, which the chain withholds. */
  readonly burnedRao: bigint;
  /** By incentive, as the chain paid. */
  readonly paid: Leadership;
  /** By share, as the backend decided; null if every validator decides for itself. */
  readonly decided: Leadership | null;
};
