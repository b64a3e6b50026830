import { CoreError } from "../errors.ts";
import { type Episode, MAX_REWARD } from "../schema/evaluation.ts";
import type { AgentFigures } from "../schema/submission.ts";
import { meanWithError } from "./mean.ts";

/**
 * An agent's figures: success rate and mean reward over its episodes, each with its standard error.
 *
 * success rate = successes / n; errors as in {@link meanWithError}, so 0 for one episode.
 *
 * @param episodes one per seed; rewards finite, magnitude at most {@link MAX_REWARD}.
 * @throws CoreError CORE_EMPTY without episodes: no work is not bad work. CORE_OUT_OF_RANGE.
 */
export function agentFigures(episodes: readonly Episode[]): AgentFigures {
  assertRewards(episodes);
  const success = meanWithError(episodes.map(successOf));
  const reward = meanWithError(episodes.map(rewardOf));
  return {
    episodes: episodes.length,
    successRate: success.mean,
    successRateError: success.error,
    meanReward: reward.mean,
    meanRewardError: reward.error,
  };
}

/** What an agent earns that failed as a whole: one unsuccessful episode of reward 0 for each of `seedCount` seeds. */
export function failedEpisodes(seedCount: number): Episode[] {
  return Array.from({ length: seedCount }, () => ({ success: false, reward: 0, steps: 0 }));
}

/** 1 for a success, otherwise 0. */
export function successOf(episode: Episode): number {
  return episode.success ? 1 : 0;
}

/** The episode's reward. */
export function rewardOf(episode: Episode): number {
  return episode.reward;
}

/** Refuses rewards that are not finite or could overflow a sum: CORE_OUT_OF_RANGE. */
export function assertRewards(episodes: readonly Episode[]): void {
  const index = episodes.findIndex(({ reward }) => !(Math.abs(reward) <= MAX_REWARD));
  const episode = episodes[index];
  if (episode === undefined) return;
  const range = `-${MAX_REWARD}..${MAX_REWARD}`;
  const name = `reward of episode ${index}`;
  throw new CoreError({ code: "CORE_OUT_OF_RANGE", name, value: String(episode.reward), range });
}
