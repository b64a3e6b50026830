import type { EpochInput } from "../consensus/types.ts";
import type { Dice } from "./dice.ts";

/** One number per miner, in the order of the configuration; NaN: no score, or nothing admitted to score. */
export type Scores = Readonly<Float64Array>;

/** One share per miner, each 0 or more, together at most 1; what is missing to 1 burns. */
export type Shares = Readonly<Float64Array>;

/** What a miner has in the competition: bytes, known by their hash, and how good they really are. */
export type Artefact = {
  readonly content: string;
  /** In [0, 1]; validators only ever measure it. */
  readonly quality: number;
};

/** What a miner can see. */
export type Market = {
  readonly epoch: number;
  /** The best artefact of an earlier epoch, ties to the miner listed first; undefined before the first epoch. */
  readonly best: (epochsAgo: number) => Artefact | undefined;
};

/** A way to mine. `start` is called once per run; what the miner remembers lives in what it returns. */
export type MinerStrategy = {
  readonly name: string;
  readonly start: (seat: { readonly hotkey: string; readonly dice: Dice }) => (market: Market) => Artefact;
};

/** A miner; listed earlier means submitted earlier. */
export type SimulatedMiner = {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly strategy: MinerStrategy;
};

/** What a validator works with in one epoch. */
export type Round = {
  readonly epoch: number;
  /** Of the admitted artefacts; NaN for the others. */
  readonly qualities: Scores;
  /** Consensus per miner, u16, as the chain published it after an earlier epoch; null before the first. */
  readonly published: (epochsAgo: number) => readonly number[] | null;
};

/** A validator at work. */
export type ValidatorAgent = {
  /** Its scores, null if it reports nothing. */
  readonly report: (round: Round) => Scores | null;
  /**
   * The weights it sets, null to leave its row on chain as it is.
   *
   * @param decided what the mechanism makes of the reports; null if that is unknown.
   */
  readonly weigh: (round: Round, decided: Shares | null) => Shares | null;
};

/** A way to validate. `start` is called once per run. */
export type ValidatorStrategy = {
  readonly name: string;
  readonly start: (seat: {
    readonly hotkey: string;
    readonly dice: Dice;
    readonly miners: readonly SimulatedMiner[];
  }) => ValidatorAgent;
};

export type SimulatedValidator = {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly stakeRao: bigint;
  readonly strategy: ValidatorStrategy;
};

/** What a mechanism is given each epoch. */
export type Standing = {
  readonly epoch: number;
  readonly block: number;
  readonly miners: readonly SimulatedMiner[];
  readonly scores: Scores;
};

/** A validator that scored a miner. */
export type SimulatedVoter = { readonly coldkey: string; readonly stakeRao: bigint };

/**
 * Many scores of a miner to one, in doubles. What depends on the voters alone is computed once per set of voters.
 *
 * @param voters at least one.
 * @returns the aggregate of their scores, given in the same order.
 */
export type Aggregate = (voters: readonly SimulatedVoter[]) => (scores: Scores) => number;

/** A mechanism's decision, epoch after epoch; null: unknown, so that validators keep their rows. */
export type Decider = (standing: Standing) => Shares | null;

/**
 * How scores become shares. The backend decides once from everybody's scores, or every validator from its own.
 * `start` is called once per run, or once per run and validator.
 */
export type SimulatedMechanism =
  | { readonly decidedBy: "backend"; readonly aggregate: Aggregate; readonly start: () => Decider }
  | { readonly decidedBy: "validator"; readonly start: () => Decider };

/** The chain's settings a simulation may change; what is left out has the chain's default. */
export type ConsensusSettings = Partial<
  Pick<
    EpochInput,
    | "tempo"
    | "activityCutoffBlocks"
    | "stakeThreshold"
    | "maxAllowedValidators"
    | "kappa"
    | "bondsPenalty"
    | "bondsMovingAverage"
    | "liquidAlpha"
    | "alphaLow"
    | "alphaHigh"
    | "alphaSigmoidSteepness"
    | "yuma3"
    | "raoEmission"
  >
>;

export type SimulationConfig = {
  /** Whole, 0 to 2^32 − 1. */
  readonly seed: number;
  /** 1 to 1,000,000. */
  readonly epochs: number;
  readonly mechanism: SimulatedMechanism;
  readonly validators: readonly SimulatedValidator[];
  readonly miners: readonly SimulatedMiner[];
  readonly consensus?: ConsensusSettings;
  /** Epochs a committed row stays hidden and without effect; 0, the default: rows are set in the open. */
  readonly revealEpochs?: number;
  /** Who may compete; the default refuses both, as the rules do. */
  readonly admission?: {
    /** Whether an artefact whose bytes somebody submitted before may compete. */
    readonly copies?: boolean;
    /** Whether one coldkey may have several miners compete. */
    readonly siblings?: boolean;
  };
};
