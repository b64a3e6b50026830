import { CompetitionParameters } from "../../schema/mechanism-parameters.ts";
import { type Mechanism, vectorOutcome } from "../mechanism.ts";
import { competitionVector, type LedCompetition } from "./leader-vector.ts";

/**
 * The mechanism `competition`: approved leaders are paid by their competitions' points, see {@link competitionVector}.
 *
 * Always known: that nobody leads is a fact, and burns. A lost leader's decay is computed for the block before, see
 * `decayedPoints`.
 */
export const competitionMechanism: Mechanism<CompetitionParameters, readonly LedCompetition[]> = {
  name: "competition",
  parameters: CompetitionParameters,
  presets: {
    assay: CompetitionParameters.parse({ preset: "assay" }),
    source: CompetitionParameters.parse({ preset: "source" }),
  },
  decidedBy: "backend",
  decide: ({ parameters: { unled }, inputs }) =>
    vectorOutcome(competitionVector({ competitions: inputs, unled })),
};
