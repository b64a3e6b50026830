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
  const ofVoters = new Map<string, Combine>();
  const combineFor = (voters: readonly number[]): Combine => {
    const key = voters.length === validators.length ? "all" : voters.join();
    const known = ofVoters.get(key) ?? aggregate(validators.filter((_, index) => voters.includes(index)));
    ofVoters.set(key, known);
    return known;
  };
  const isImpartial = (validator: number, miner: number) =>
    validators[validator]?.coldkey !== miners[miner]?.coldkey;
  return (reports, qualities) =>
    qualities.map((quality, miner) => {
      if (Number.isNaN(quality)) return Number.NaN;
      const [voters, scores]: [number[], number[]] = [[], []];
      for (let validator = 0; validator < reports.length; validator += 1) {
        const score = reports[validator]?.[miner] ?? Number.NaN;
        if (Number.isNaN(score) || !isImpartial(validator, miner)) continue;
        voters.push(validator);
        scores.push(score);
      }
      return voters.length === 0 ? Number.NaN : combineFor(voters)(Float64Array.from(scores));
    });
}
