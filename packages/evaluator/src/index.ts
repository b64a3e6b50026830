export { AGENT_ABI } from "./agent-abi.ts";
export { calibrate } from "./calibration/calibrate.ts";
export { Calibrated } from "./calibration/calibrated.ts";
export { type ReferenceAgent, referenceAgents } from "./calibration/reference-agents.ts";
export { CODE_HASH } from "./code-hash.ts";
export { configHashOf } from "./config.ts";
export { type ContainerSetup, containerSetup } from "./container/env.ts";
export { type Confinement, type EngineReport, examineEngine } from "./container/examine.ts";
export { CONTAINER_LIMITS } from "./container/limits.ts";
export { entries } from "./entries.ts";
export { EvaluatorError, type EvaluatorErrorFacts } from "./errors.ts";
export { createEvaluator, DEFAULT_LIMITS } from "./evaluator.ts";
export type {
  AgentLimits,
  EvaluateRequest,
  Evaluation,
  Evaluator,
  EvaluatorOptions,
} from "./evaluator-types.ts";
export type { AgentFailure, AgentFailureCode, RefusalReason } from "./failure.ts";
export { assertSameEvaluator, identityOf } from "./identity.ts";
export { type InspectedAgent, inspectAgent } from "./inspect/inspect.ts";
export { inspectArtefact } from "./inspect/inspect-artefact.ts";
export {
  AnyHello,
  EvaluatorMessage,
  Hello,
  JOIN_PROTOCOL,
  JoinRefusal,
  joinSecret,
  MAX_MESSAGE_BYTES,
  PROGRESS_MS,
  type Progress,
  type RunFailed,
  type RunOrder,
  type RunResult,
  readMessage,
  type ValidatorMessage,
} from "./remote/protocol.ts";
export type { EpisodeResult, Simulation, Task, TaskSpec } from "./task.ts";
export { builtInTasks, taskFor } from "./tasks/built-in.ts";
export { INVERTED_PENDULUM, invertedPendulum, PENDULUM_OBSERVATION } from "./tasks/inverted-pendulum.ts";
export {
  WAYPOINT_NAVIGATION,
  WAYPOINT_OBSERVATION,
  waypointNavigation,
} from "./tasks/waypoint-navigation.ts";
export { type Trial, type TrialRequest, tryAgent } from "./trial.ts";
