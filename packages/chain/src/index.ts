export { type ConnectOptions, connectChain } from "./connect.ts";
export { ChainError, type ChainErrorFacts, RETRYABLE } from "./errors.ts";
export type { ChainLog } from "./log.ts";
export type {
  Chain,
  EpochState,
  ExtrinsicFate,
  Head,
  Metagraph,
  Neuron,
  PreflightFinding,
  RuntimeChange,
  RuntimeReport,
  SetWeightsOutcome,
  SetWeightsRequest,
  SignedExtrinsic,
  WeightRow,
  WeightRules,
} from "./types.ts";
