import { impartialRoster } from "../scores/roster.ts";
import type { Aggregate, Scores, SimulationConfig } from "./types.ts";

/** What everybody reported, in the order of the validators; null: nothing. */
export type Reports = readonly (Scores | null)[];

type Combine = (scores: Scores) => number;

/**
 * Everybody's scores as one per miner; NaN for a miner that may not compete or that nobody scored. Votes on a miner of
 * the validator's own coldkey are dropped, see `impartialRoster`.
 */
export function aggregation(
  { miners, validators }: SimulationConfig,
  aggregate: Aggregate,
): (reports: Reports, qualities: Scores) => Scores {
  const everybody = validators.map((validator, index) => ({ ...validator, index }));
  const judges = miners.map(({ coldkey }) => impartialRoster(everybody, coldkey).map(({ index }) => index));
  const known = new Map<string, Combine>();
  const combineFor = (voters: readonly number[]): Combine => {
    const key = voters.length === validators.length ? "all" : voters.join();
    const combine = known.get(key) ?? aggregate(validators.filter((_, index) => voters.includes(index)));
    known.set(key, combine);
    return combine;
  };
  return (reports, qualities) =>
    qualities.map((quality, miner) => {
      if (Number.isNaN(quality)) return Number.NaN;
      const { voters, scores } = ballot(reports, { miner, judges: judges[miner] ?? [] });
      return voters.length === 0 ? Number.NaN : combineFor(voters)(scores);
    });
}

/** Who of the judges scored a miner, and how. */
function ballot(
  reports: Reports,
  { miner, judges }: { miner: number; judges: readonly number[] },
): { voters: readonly number[]; scores: Scores } {
  const scores = new Float64Array(judges.length);
  const voters: number[] = [];
  for (const judge of judges) {
    const score = reports[judge]?.[miner] ?? Number.NaN;
    if (Number.isNaN(score)) continue;
    scores[voters.length] = score;
    voters.push(judge);
  }
  return { voters, scores: scores.subarray(0, voters.length) };
}
