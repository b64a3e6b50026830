export { type ConnectOptions, connectChain } from "./connect.ts";
export { ChainError, type ChainErrorFacts, RETRYABLE } from "./errors.ts";
export type { ChainLog } from "./log.ts";
export { type MetagraphColumns, metagraphColumns, neuronOf } from "./read/columns.ts";
export type {
  Axon,
  Chain,
  Commit,
  CommitFinding,
  CommitmentField,
  EpochState,
  ExtrinsicFate,
  HashCommit,
  Head,
  HotkeyCommitment,
  Hyperparameters,
  HyperparameterValue,
  Metagraph,
  Neuron,
  PreflightFinding,
  RevealFate,
  RuntimeChange,
  RuntimeReport,
  SetWeightsOutcome,
  SetWeightsRequest,
  SignedExtrinsic,
  WeightRow,
  WeightRules,
  WeightsPlan,
} from "./types.ts";
export { type PlanState, planWeights } from "./write/plan.ts";
