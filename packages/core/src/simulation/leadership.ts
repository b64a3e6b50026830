import type { Leadership } from "./result.ts";
import type { Scores } from "./types.ts";

/** Follows who leads through a run. */
export type LeadershipTally = {
  /** One epoch: what each miner has, by share or incentive, and how good the admitted ones are. */
  readonly add: (standing: ArrayLike<number> | null, qualities: Scores) => void;
  readonly result: () => Leadership;
};

/** The miner with most leads; of equals the one that led already, else the one listed first. Null changes nothing. */
export function leadershipTally(): LeadershipTally {
  const leaders: (number | null)[] = [];
  let [takeovers, misled] = [0, 0];
  return {
    add: (standing, qualities) => {
      const before = leaders.at(-1) ?? null;
      const leader = standing === null ? before : leaderOf(standing, before);
      leaders.push(leader);
      if (leader === null) return;
      const quality = worthOf(leader, qualities);
      if (before !== null && before !== leader && quality <= worthOf(before, qualities)) takeovers += 1;
      if (qualities.some((other) => other > quality)) misled += 1;
    },
    result: () => ({
      leaders,
      takeovers,
      takeoverRate: takeovers / leaders.length,
      misledRate: misled / leaders.length,
    }),
  };
}

/** Quality of a miner; one that may not compete is worse than any that may. */
function worthOf(miner: number, qualities: Scores): number {
  const quality = qualities[miner] ?? Number.NaN;
  return Number.isNaN(quality) ? -1 : quality;
}

function leaderOf(standing: ArrayLike<number>, before: number | null): number | null {
  let leader = before;
  let most = before === null ? 0 : (standing[before] ?? 0);
  for (let miner = 0; miner < standing.length; miner += 1) {
    const has = standing[miner] ?? 0;
    if (has <= most) continue;
    leader = miner;
    most = has;
  }
  return most === 0 ? null : leader;
}
