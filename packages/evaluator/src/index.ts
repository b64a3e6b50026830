export type {
  AgentLimits,
  EvaluateRequest,
  Evaluation,
  Evaluator,
  EvaluatorIdentity,
  EvaluatorOptions,
} from "./evaluator-types.ts";
export type { AgentFailure, AgentFailureCode, RefusalReason } from "./failure.ts";
export type { Episode, EpisodeResult, Task, TaskSpec } from "./task.ts";
