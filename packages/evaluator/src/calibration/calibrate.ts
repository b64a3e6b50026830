import { createHash } from "node:crypto";
import { canonicalJson } from "@assay/core";
import { EvaluatorError } from "../errors.ts";
import { createEvaluator } from "../evaluator.ts";
import type { Evaluation } from "../evaluator-types.ts";
import { taskFor } from "../tasks/built-in.ts";
import { simulationOf } from "../tasks/for-containers.ts";
import { type ReferenceAgent, referenceAgents } from "./reference-agents.ts";

const EPISODES = 16;

/**
 * Runs the reference agents of a task's simulation on fixed seeds and the default configuration, and throws EVALUATOR_MISCALIBRATED unless
 * every bit of their episodes is as recorded: tasks and agents are deterministic, so the band has no width.
 */
export async function calibrate(
  named: { task: string; version: string },
  { signal, references = referenceAgents }: Calibration = {},
): Promise<void> {
  const simulation = simulationOf(named.task);
  for (const reference of references.filter(({ task }) => task === simulation))
    assertOutcome(reference, await outcomeOf(reference, { version: named.version, signal }));
}

/** `references` other than the shipped ones are for tests. */
export type Calibration = { signal?: AbortSignal; references?: readonly ReferenceAgent[] };

type Conditions = { version: string; signal?: AbortSignal | undefined };

async function outcomeOf({ task, wasm }: ReferenceAgent, { version, signal }: Conditions): Promise<string> {
  const evaluator = createEvaluator({ task: taskFor({ task, version }) });
  const artefact = Buffer.from(wasm, "base64");
  try {
    const request = { artefact, seeds: seedsOf(task) };
    return outcome(await evaluator.evaluate(signal === undefined ? request : { ...request, signal }));
  } finally {
    await evaluator.close();
  }
}

/** A failure is an outcome too, so that an evaluator that refuses a good agent says how. */
function outcome(evaluation: Evaluation): string {
  return evaluation.ok ? sha256(canonicalJson([...evaluation.episodes])) : evaluation.failure.code;
}

function assertOutcome({ task, name, outcome: expected }: ReferenceAgent, found: string): void {
  if (found === expected) return;
  const facts = { task, agent: name, expected, found };
  throw new EvaluatorError(
    { code: "EVALUATOR_MISCALIBRATED", ...facts },
    `The reference agent ${name} of ${task} gave ${found} here instead of ${expected}: do not trust this evaluator.`,
  );
}

function seedsOf(task: string): string[] {
  return Array.from({ length: EPISODES }, (_, i) => sha256(`assay-reference-v1\n${task}\n${i}`));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
