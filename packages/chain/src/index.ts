export { type ConnectOptions, connectChain } from "./connect.ts";
export { ChainError, type ChainErrorFacts, RETRYABLE } from "./errors.ts";
export type { Head } from "./head.ts";
export type { ChainLog } from "./log.ts";
export { type MetagraphColumns, metagraphColumns, neuronOf } from "./read/columns.ts";
export type {
  Axon,
  CommitmentField,
  EpochState,
  HotkeyCommitment,
  Hyperparameters,
  HyperparameterValue,
  Metagraph,
  Neuron,
  SignerState,
  WeightRow,
  WeightRules,
} from "./subnet.ts";
export type { Chain, RuntimeChange, RuntimeReport } from "./types.ts";
export type {
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
export { type CommitRevealState, type PlanState, planWeights } from "./write/plan.ts";
