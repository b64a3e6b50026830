import { randomBytes } from "node:crypto";
import { type AgentFigures, agentFigures, deriveSeeds, sha256Hex } from "@assay/core";
import { createEvaluator, type Task } from "@assay/evaluator";
import { CliError } from "../errors.ts";
import type { Output } from "../output.ts";
import { configuredTask } from "./task-config.ts";

export type TryFlags = {
  readonly task: string;
  readonly config?: string;
  readonly episodes: number;
  readonly seed?: string;
  readonly json: boolean;
};

/** Runs an agent here as a validator would, on seeds of our own; a repeated `--seed` repeats the trial. */
export async function tryAgent(artefact: Buffer, flags: TryFlags, out: Output): Promise<void> {
  const { task } = configuredTask(flags.task, flags.config);
  const seed = flags.seed ?? randomBytes(8).toString("hex");
  const figures = await run(artefact, { task, seeds: await seedsOf(seed, flags.episodes) });
  const result = { task: task.spec.name, sha256: await sha256Hex(artefact), seed, ...figures };
  if (flags.json) out.result(JSON.stringify(result));
  else out.result(sentence(result));
}

async function run(
  artefact: Uint8Array,
  { task, seeds }: { task: Task; seeds: string[] },
): Promise<AgentFigures> {
  const evaluator = createEvaluator({ task });
  try {
    const evaluation = await evaluator.evaluate({ artefact, seeds });
    if (evaluation.ok) return agentFigures(evaluation.episodes);
    const { code: failure, detail } = evaluation.failure;
    throw new CliError(
      { code: "CLI_AGENT_FAILED", failure, detail },
      `the agent fails (${failure}): ${detail}`,
    );
  } finally {
    await evaluator.close();
  }
}

async function seedsOf(seed: string, count: number): Promise<string[]> {
  return deriveSeeds({ secret: await sha256Hex(seed), randomness: "trial", count });
}

type Result = AgentFigures & { readonly task: string; readonly seed: string };

function sentence({ task, seed, episodes, ...figures }: Result): string {
  const rate = `${(figures.successRate * 100).toFixed(1)} ± ${(figures.successRateError * 100).toFixed(1)} %`;
  const reward = `${figures.meanReward.toFixed(3)} ± ${figures.meanRewardError.toFixed(3)}`;
  return `${task}: success ${rate} of ${episodes} episodes, mean reward ${reward} (--seed ${seed})`;
}
