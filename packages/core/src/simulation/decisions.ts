import { aggregation, type Reports } from "./aggregation.ts";
import type { Round, Scores, Shares, SimulationConfig } from "./types.ts";

/** What is decided for each validator, in their order; null: unknown. */
export type Decisions = readonly (Shares | null)[];

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
  const combine = aggregation(config, mechanism.aggregate);
  return (reports, { epoch, block, qualities }) => {
    const decided = decide({ epoch, block, miners, scores: combine(reports, qualities) });
    return validators.map(() => decided);
  };
}

/** Scores without those of miners that may not compete. */
function ofAdmitted(report: Scores, qualities: Scores): Scores {
  return report.map((score, miner) => (Number.isNaN(qualities[miner]) ? Number.NaN : score));
}
