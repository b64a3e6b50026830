import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@assay/core";
import { agentFailureOf } from "../agent-error.ts";
import { EvaluatorError } from "../errors.ts";
import { createEvaluator } from "../evaluator.ts";
import type { EpisodeResult, Task } from "../task.ts";
import { taskFor } from "../tasks/built-in.ts";
import { simulationOf } from "../tasks/for-containers.ts";
import { playTwin } from "./play-twin.ts";
import { type ReferenceAgent, referenceAgents } from "./reference-agents.ts";

/** Episodes of each agent: recorded ones in the default configuration, and those in another. */
const [RECORDED_EPISODES, COMPARED_EPISODES] = [16, 8];

/** A task as a job names it; without a configuration the default one. */
export type Calibrating = {
  readonly task: string;
  readonly version: string;
  readonly config?: { [key: string]: Json };
};

/** `references` other than the shipped ones are for tests. */
export type Calibration = {
  readonly signal?: AbortSignal;
  /** Called whenever it has got on by a step. */
  readonly onProgress?: () => void;
  readonly references?: readonly ReferenceAgent[];
};

/**
 * Runs the reference agents of a task's simulation on fixed seeds, and throws EVALUATOR_MISCALIBRATED unless every bit of
 * their episodes is right: tasks and agents are deterministic, so the band has no width. In the default configuration right
 * is what is recorded; in another, what comes out beside it where the agent is no module and there is no sandbox.
 */
export async function calibrate(
  { task: name, version, config = {} }: Calibrating,
  { signal, onProgress = () => {}, references = referenceAgents }: Calibration = {},
): Promise<void> {
  const simulation = simulationOf(name);
  const [standard, asked] = [{}, config].map((one) => taskFor({ task: simulation, version }, one));
  if (standard === undefined || asked === undefined) return;
  const isStandard = standard.spec.configHash === asked.spec.configHash;
  for (const reference of references.filter(({ task }) => task === simulation)) {
    await assertRecorded(reference, { task: standard, signal, onProgress });
    if (!isStandard) await assertTwin(reference, { task: asked, signal, onProgress });
  }
}

type Conditions = {
  readonly task: Task;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: () => void;
};

async function assertRecorded(reference: ReferenceAgent, conditions: Conditions): Promise<void> {
  const seeds = seedsOf(conditions.task.spec.name, RECORDED_EPISODES);
  const found = await outcomeOf(reference, { ...conditions, seeds });
  assertSame(reference, { expected: reference.outcome, found, task: conditions.task });
}

/** Seeds differ between configurations, so that nobody passes by heart. */
async function assertTwin(reference: ReferenceAgent, { task, ...conditions }: Conditions): Promise<void> {
  const seeds = seedsOf(`${task.spec.name}\n${task.spec.configHash}`, COMPARED_EPISODES);
  const expected = await codeOr(playTwin(reference.twin, { task, seeds, ...conditions }));
  const found = await outcomeOf(reference, { task, seeds, ...conditions });
  assertSame(reference, { expected, found, task });
}

async function outcomeOf(
  { wasm }: ReferenceAgent,
  { task, signal, seeds, onProgress }: Conditions & { seeds: string[] },
): Promise<string> {
  const evaluator = createEvaluator({ task });
  const request = { artefact: Buffer.from(wasm, "base64"), seeds, onProgress };
  try {
    const evaluation = await evaluator.evaluate(signal === undefined ? request : { ...request, signal });
    return evaluation.ok ? hashOf(evaluation.episodes) : evaluation.failure.code;
  } finally {
    await evaluator.close();
  }
}

/** A failure is an outcome too, so that an evaluator that refuses a good agent says how. */
async function codeOr(playing: Promise<EpisodeResult[]>): Promise<string> {
  try {
    return hashOf(await playing);
  } catch (error) {
    const failure = agentFailureOf(error);
    if (failure === undefined) throw error;
    return failure.code;
  }
}

type Outcomes = { readonly expected: string; readonly found: string; readonly task: Task };

function assertSame({ task, name }: ReferenceAgent, { expected, found, task: { spec } }: Outcomes): void {
  if (found === expected) return;
  const facts = { task, configHash: spec.configHash, agent: name, expected, found };
  throw new EvaluatorError(
    { code: "EVALUATOR_MISCALIBRATED", ...facts },
    `The reference agent ${name} of ${task}, configured as ${spec.configHash.slice(0, 8)}, gave ${found} here instead of ${expected}: do not trust this evaluator.`,
  );
}

function seedsOf(of: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => sha256(`assay-reference-v1\n${of}\n${i}`));
}

function hashOf(episodes: readonly EpisodeResult[]): string {
  return sha256(canonicalJson([...episodes]));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
