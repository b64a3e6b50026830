import { assertWithin } from "../../assert-within.ts";
import type { Aggregate, Scores, Shares, SimulatedMechanism } from "../types.ts";

/**
 * The backend pays one leader everything. A challenger takes over with score > L + margin·|L|, L the leader's score of
 * the same epoch; of several the best, ties to the one listed first. A leader without score keeps its place unless
 * somebody has one.
 *
 * @param rules aggregate of the validators' scores; margin; defender: `current` is whoever took the lead last,
 *   `first` the first miner with a score, in every epoch anew, which makes each epoch one independent challenge.
 * @throws CoreError CORE_OUT_OF_RANGE for a margin outside of [0, 1,000].
 */
export function leaderTakesAll(rules: {
  aggregate: Aggregate;
  margin: number;
  defender?: "current" | "first";
}): SimulatedMechanism {
  const { aggregate, margin, defender = "current" } = rules;
  assertWithin("margin", margin, [0, 1_000]);
  return {
    decidedBy: "backend",
    aggregate,
    start: () => {
      let leader: number | undefined;
      return ({ scores }) => {
        if (defender === "first") leader = undefined;
        leader = nextLeader(scores, { leader, margin });
        return leader === undefined ? null : onlyTo(leader, scores.length);
      };
    },
  };
}

/** Who leads after an epoch; undefined while nobody has a score. */
function nextLeader(
  scores: Scores,
  { leader, margin }: { leader: number | undefined; margin: number },
): number | undefined {
  const hasScore = (miner: number) => !Number.isNaN(scores[miner] ?? Number.NaN);
  const defender = leader !== undefined && hasScore(leader) ? leader : firstWith(scores.length, hasScore);
  if (defender === undefined) return leader;
  const standing = scores[defender] ?? 0;
  let best = defender;
  let bar = standing + margin * Math.abs(standing);
  for (const [miner, score] of scores.entries()) {
    if (!(score > bar)) continue;
    best = miner;
    bar = score;
  }
  return best;
}

function firstWith(count: number, holds: (miner: number) => boolean): number | undefined {
  for (let miner = 0; miner < count; miner += 1) if (holds(miner)) return miner;
  return undefined;
}

function onlyTo(miner: number, count: number): Shares {
  const shares = new Float64Array(count);
  shares[miner] = 1;
  return shares;
}
