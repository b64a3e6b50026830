import { assertWhole } from "../../assert-whole.ts";
import { ChallengeParameters } from "../../schema/mechanism-parameters.ts";
import { type Mechanism, unknownOutcome, vectorOutcome } from "../mechanism.ts";
import { type ChallengeVectorInput, challengeVector } from "./challenge-vector.ts";

/** What a challenge instance is asked about: one validator's own state. */
export type ChallengeInputs = Pick<ChallengeVectorInput, "miners" | "scores"> & {
  /** Rounds behind these scores, void ones left out. */
  readonly rounds: number;
};

/**
 * The mechanism `challenge`: each validator's own scores, see {@link challengeVector}.
 *
 * Unknown while the state is empty or younger than `warmUpRounds`: a validator that has just started, or lost its
 * database, knows nothing about miners, and says nothing rather than the little it has seen.
 */
export const challengeMechanism: Mechanism<ChallengeParameters, ChallengeInputs> = {
  name: "challenge",
  parameters: ChallengeParameters,
  presets: {
    assay: ChallengeParameters.parse({ preset: "assay" }),
    source: ChallengeParameters.parse({ preset: "source" }),
  },
  decidedBy: "validator",
  decide({ parameters, inputs, block }) {
    const { rounds, miners, scores } = inputs;
    assertWhole("rounds", rounds);
    if (scores.size === 0) return unknownOutcome("No miner has a score yet.");
    if (rounds < parameters.warmUpRounds)
      return unknownOutcome(`Warming up: ${rounds} of ${parameters.warmUpRounds} rounds.`);
    return vectorOutcome(challengeVector({ block, parameters, miners, scores }));
  },
};
