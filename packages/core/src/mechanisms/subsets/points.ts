import type { Rational } from "../../exact/rational.ts";
import type { SubsetsParameters } from "../../schema/mechanism-parameters.ts";
import { duels } from "./beaten.ts";
import { claim, newBoard, openSubsets, pointsOf, sizeOf } from "./board.ts";
import { assertCandidates, byCommitment, type SubsetCandidate } from "./candidate.ts";
import { isSubsetEligible } from "./eligibility.ts";
import { fillHoles } from "./holes.ts";
import { unbeatenSubsets } from "./unbeaten.ts";

/** How the points of all subsets were given out. */
export type SubsetPoints = {
  /** Eligible candidates, earliest commitment first, with their exact points. */
  readonly points: readonly { readonly hotkey: string; readonly points: Rational }[];
  /** Points of subsets that nobody won and that burn. */
  readonly burn: bigint;
  /** Subsets that nobody won, before the policy for holes. */
  readonly holes: number;
};

/**
 * Points for every set of environments an agent is best on: the winner of a subset S gets |S|.
 *
 * An earlier committer keeps S unless beaten on all of it; a later one must beat everyone earlier on all of it (see
 * `environmentThreshold` for what beating is). Comparisons are not transitive, so some subsets have no winner: holes. Under
 * `assay` their points burn, go to the `earliest` agent that nobody later beats on all of S, or are `split` among all such
 * agents (there always is one: the last to commit). `source` drops them.
 *
 * All points together are N·2^(N − 1). Costs (candidates)²·N for the duels and at most 2^N·N for each candidate.
 *
 * @param candidates hotkeys unique, one record per environment, any order; the eligible ones compete.
 * @throws CoreError CORE_DUPLICATE, CORE_LENGTH_MISMATCH, CORE_OUT_OF_RANGE.
 * @see Kinitro, points by subsets of environments.
 */
export function subsetPoints(
  candidates: readonly SubsetCandidate[],
  parameters: SubsetsParameters,
): SubsetPoints {
  const environments = parameters.environments.length;
  assertCandidates(candidates, environments);
  const eligible = candidates
    .filter((candidate) => isSubsetEligible(candidate, parameters))
    .toSorted(byCommitment);
  const contests = duels(eligible, parameters.preset, environments);
  const board = newBoard(eligible.length, environments);
  for (const [index, { open, lost }] of contests.entries())
    for (const subset of unbeatenSubsets(open, lost)) claim(board, { index, subset });
  const holes = openSubsets(board).length;
  const isSource = parameters.preset === "source";
  if (!isSource) fillHoles(board, contests, parameters.holes);
  const left = openSubsets(board).reduce((sum, subset) => sum + sizeOf(subset), 0);
  return {
    points: eligible.map(({ hotkey }, index) => ({
      hotkey,
      points: pointsOf(board.credits[index] ?? new Map()),
    })),
    burn: isSource ? 0n : BigInt(left),
    holes,
  };
}
