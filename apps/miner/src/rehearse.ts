import { randomBytes } from "node:crypto";
import type { Competition } from "@assay/core";
import { assertSameEvaluator, createEvaluator, identityOf, taskFor } from "@assay/evaluator";
import { MinerError } from "./errors.ts";

/** Figures of a trial on seeds of our own; the hidden ones are others. */
export type Trial = { readonly episodes: number; readonly successRate: number; readonly meanReward: number };

const EPISODES = 50;

/** Plays the competition's task here, as a validator would; throws MINER_AGENT_FAILED if the agent fails as a whole. */
export async function rehearse(
  competition: Competition,
  { artefact, signal }: { artefact: Uint8Array; signal: AbortSignal },
): Promise<Trial> {
  const task = taskFor(competition.evaluator, competition.taskConfig);
  assertSameEvaluator(competition.evaluator, identityOf(task));
  const evaluator = createEvaluator({ task });
  const seeds = Array.from({ length: EPISODES }, () => randomBytes(32).toString("hex"));
  try {
    const evaluation = await evaluator.evaluate({ artefact, seeds, signal });
    if (!evaluation.ok) throw agentFailed(evaluation.failure);
    const { episodes } = evaluation;
    const successes = episodes.filter(({ success }) => success).length;
    const reward = episodes.reduce((sum, episode) => sum + episode.reward, 0);
    return { episodes: EPISODES, successRate: successes / EPISODES, meanReward: reward / EPISODES };
  } finally {
    await evaluator.close();
  }
}

function agentFailed({ code, detail }: { code: string; detail: string }): MinerError {
  return new MinerError(
    { code: "MINER_AGENT_FAILED", failure: code, detail },
    `The agent fails (${code}): ${detail}. Nothing was submitted.`,
  );
}
