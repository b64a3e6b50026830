import { CoreError } from "../errors.ts";
import type { BarComparison } from "../schema/candidate.ts";
import type { Episode } from "../schema/evaluation.ts";
import { assertRewards, rewardOf, successOf } from "./agent.ts";
import { meanWithError } from "./mean.ts";

/** What two agents are compared by. */
export type Metric = BarComparison["metric"];

/** Mean of challenger minus leader over the same seeds, and its standard error. */
export type PairedDifference = { readonly difference: number; readonly error: number };

/**
 * Paired difference: how much better the challenger did than the leader on the very same seeds.
 *
 * x_k = value of the challenger on seed k − value of the leader on seed k; difference = mean of x, error = its
 * standard error ({@link meanWithError}). A copy ties on every seed: difference 0, error 0, exactly.
 *
 * @param challenger one episode per seed, in the order of the seeds; rewards as in `agentFigures`.
 * @param leader the same seeds in the same order.
 * @param metric success rate: 1 or 0 per episode; mean reward: the reward.
 * @throws CoreError CORE_LENGTH_MISMATCH, CORE_EMPTY, CORE_OUT_OF_RANGE.
 */
export function pairedDifference(
  challenger: readonly Episode[],
  leader: readonly Episode[],
  metric: Metric,
): PairedDifference {
  assertSameSeeds(challenger, leader);
  assertRewards(challenger);
  assertRewards(leader);
  const valueOf = metric === "success-rate" ? successOf : rewardOf;
  const leaderValues = leader.map(valueOf);
  const { mean, error } = meanWithError(
    challenger.map((episode, seed) => valueOf(episode) - (leaderValues[seed] ?? 0)),
  );
  return { difference: mean, error };
}

function assertSameSeeds(challenger: readonly Episode[], leader: readonly Episode[]): void {
  if (challenger.length === leader.length) return;
  const [expected, actual] = [leader.length, challenger.length];
  throw new CoreError({ code: "CORE_LENGTH_MISMATCH", name: "episodes of the challenger", expected, actual });
}
