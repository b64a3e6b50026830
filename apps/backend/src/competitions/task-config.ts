import { createHash } from "node:crypto";
import { ApiError } from "@assay/api";
import {
  type CreateCompetition,
  canonicalJson,
  InvertedPendulumConfig,
  type Json,
  WaypointNavigationConfig,
} from "@assay/core";

/** Schemas of the tasks whose defaults are known here; any other task must be configured in full. */
const SCHEMAS = {
  "waypoint-navigation": WaypointNavigationConfig,
  "inverted-pendulum": InvertedPendulumConfig,
  "waypoint-navigation-container": WaypointNavigationConfig,
  "inverted-pendulum-container": InvertedPendulumConfig,
} as const;

type Task = Pick<CreateCompetition, "task" | "taskConfig" | "evaluator">;

/** Throws API_INVALID_INPUT unless evaluator, task and configuration are about the same thing. */
export function assertOneTask({ task, taskConfig, evaluator }: Task): void {
  if (task !== evaluator.task)
    throw invalid("evaluator.task", `the evaluator runs ${evaluator.task}, the competition is about ${task}`);
  const actual = createHash("sha256")
    .update(canonicalJson(completed(task, taskConfig)))
    .digest("hex");
  if (actual === evaluator.configHash) return;
  throw invalid(
    "evaluator.configHash",
    `the evaluator is configured as ${evaluator.configHash}, but the task's configuration hashes to ${actual}`,
  );
}

function completed(task: string, config: Task["taskConfig"]): Json {
  if (!Object.hasOwn(SCHEMAS, task)) return config;
  const parsed = SCHEMAS[task as keyof typeof SCHEMAS].safeParse(config);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(["taskConfig", ...(issue?.path ?? [])].join("."), issue?.message ?? "not a configuration");
}

function invalid(path: string, message: string): ApiError {
  return new ApiError({ code: "API_INVALID_INPUT", issues: [{ path, message }] }, message);
}
