export type {
  AgentLimits,
  EvaluateRequest,
  Evaluation,
  Evaluator,
  EvaluatorOptions,
} from "./evaluator-types.ts";
export type { AgentFailure, AgentFailureCode, RefusalReason } from "./failure.ts";
export type { EpisodeResult, Simulation, Task, TaskSpec } from "./task.ts";
