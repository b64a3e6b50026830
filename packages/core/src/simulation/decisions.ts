import { impartialRoster } from "../scores/roster.ts";
import type { Aggregate, Round, Scores, Shares, SimulatedVote, SimulationConfig } from "./types.ts";

/** What is decided for each validator, in their order; null: unknown. */
export type Decisions = readonly (Shares | null)[];

/** What everybody reported, in the order of the validators; null: nothing. */
export type Reports = readonly (Scores | null)[];

/** The decision process of a run: from an epoch's reports to the shares each validator is told to set. */
export function decisionsOf(
  config: SimulationConfig,
): (reports: Reports, round: Round & { readonly block: number }) => Decisions {
  const { mechanism, miners, validators } = config;
  if (mechanism.decidedBy === "validator") {
    const deciders = validators.map(() => mechanism.start());
    return (reports, { epoch, block, qualities }) => {
      const isOpen = qualities.every((quality) => quality >= 0);
      return deciders.map((decide, validator) => {
        const report = reports[validator] ?? null;
        const scores = report === null || isOpen ? report : ofAdmitted(report, qualities);
        return scores && decide({ epoch, block, miners, scores });
      });
    };
  }
  const decide = mechanism.start();
  return (reports, { epoch, block, qualities }) => {
    const scores = aggregated(config, { reports, qualities, aggregate: mechanism.aggregate });
    const decided = decide({ epoch, block, miners, scores });
    return validators.map(() => decided);
  };
}

/** Scores without those of miners that may not compete. */
function ofAdmitted(report: Scores, qualities: Scores): Scores {
  return report.map((score, miner) => (Number.isNaN(qualities[miner]) ? Number.NaN : score));
}

/** One score per miner from everybody's; votes on a miner of the validator's own coldkey are dropped. */
function aggregated(
  { miners, validators }: SimulationConfig,
  { reports, qualities, aggregate }: { reports: Reports; qualities: Scores; aggregate: Aggregate },
): Scores {
  const voters = validators.flatMap(({ coldkey, stakeRao }, validator) => {
    const report = reports[validator] ?? null;
    return report === null ? [] : [{ coldkey, stakeRao, report }];
  });
  return qualities.map((quality, miner) => {
    if (Number.isNaN(quality)) return Number.NaN;
    const votes = impartialRoster(voters, miners[miner]?.coldkey ?? "").flatMap((voter): SimulatedVote[] => {
      const score = voter.report[miner] ?? Number.NaN;
      return Number.isNaN(score) ? [] : [{ coldkey: voter.coldkey, stakeRao: voter.stakeRao, score }];
    });
    return votes.length === 0 ? Number.NaN : (aggregate(votes) ?? Number.NaN);
  });
}
