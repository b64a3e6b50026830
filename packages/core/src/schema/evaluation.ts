import { z } from "zod";
import { Finite, Sha256 } from "./primitives.ts";

/** What exactly evaluates: a result that names another evaluator than its job is refused. */
export const EvaluatorIdentity = z.object({
  /** Name of the built-in task. */
  task: z.string().min(1).max(64),
  /** Version of the task's rules. */
  version: z.string().min(1).max(32),
  /** SHA-256 of the canonical JSON of the task's configuration. */
  configHash: Sha256,
  /** Hash of the evaluator's code. */
  codeHash: Sha256,
});
export type EvaluatorIdentity = z.infer<typeof EvaluatorIdentity>;

/** Largest magnitude of one reward, so that sums and squares over a whole job stay finite. */
export const MAX_REWARD = 1e12;

/** One run of an agent under one seed. */
export const Episode = z.object({
  success: z.boolean(),
  reward: Finite.min(-MAX_REWARD).max(MAX_REWARD),
  steps: z.int().min(0).max(1_000_000),
});
export type Episode = z.infer<typeof Episode>;

/** Why an agent failed as a whole: its own fault, worth zero successes, and never the validator's. */
export const AgentFailure = z.object({
  code: z.string().regex(/^EVALUATOR_AGENT_[A-Z_]+$/),
  detail: z.string().max(500),
});
export type AgentFailure = z.infer<typeof AgentFailure>;
