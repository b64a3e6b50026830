import { SubsetsParameters } from "../../schema/mechanism-parameters.ts";
import { type Mechanism, unknownOutcome, vectorOutcome } from "../mechanism.ts";
import type { SubsetCandidate } from "./candidate.ts";
import { subsetsVector } from "./subsets-vector.ts";

/** What a subsets instance is asked about. */
export type SubsetsInputs = {
  /** Those of the last cycle that was measured as a whole; null if none ever was. */
  readonly candidates: readonly SubsetCandidate[] | null;
};

/** Presets need an environment to be valid; the instance of a subnet names its own. */
const environments = ["default"];

/**
 * The mechanism `subsets`: points for every set of environments an agent is best on, see {@link subsetsVector}.
 *
 * Unknown until a first cycle is complete; a measured field in which nobody is eligible is known, and burns.
 */
export const subsetsMechanism: Mechanism<SubsetsParameters, SubsetsInputs> = {
  name: "subsets",
  parameters: SubsetsParameters,
  presets: {
    assay: SubsetsParameters.parse({ preset: "assay", environments }),
    source: SubsetsParameters.parse({ preset: "source", environments }),
  },
  decidedBy: "backend",
  decide: ({ parameters, inputs: { candidates } }) =>
    candidates === null
      ? unknownOutcome("No cycle has been completed yet.")
      : vectorOutcome(subsetsVector(candidates, parameters)),
};
