export { ChainError, type ChainErrorFacts } from "./errors.ts";
export type {
  Chain,
  EpochState,
  ExtrinsicFate,
  Head,
  Metagraph,
  Neuron,
  PreflightFinding,
  SetWeightsOutcome,
  SetWeightsRequest,
  SignedExtrinsic,
  WeightRow,
  WeightRules,
} from "./types.ts";
