import { type DetectorRules, detectorRules } from "../../metrics/detector-rules.ts";
import type { ChallengeParameters } from "../../schema/mechanism-parameters.ts";
import { PPB } from "../../schema/primitives.ts";
import type { ScoreRules } from "../../scores/score-round.ts";
import type { TypeRules } from "../../scores/type-shares.ts";

/** What the parameters of an instance mean for each step from answers to shares. */
export type ChallengeRules = {
  /** Answers to rewards, see `detectorReward`. */
  readonly detector: DetectorRules;
  /** Rewards to scores, see `scoreRound`. */
  readonly scores: ScoreRules;
  /** Scores to shares, see `typeShares`. */
  readonly types: TypeRules;
};

/**
 * The rules of a challenge instance, its integers read as the decimals they stand for.
 *
 * `source` takes the hardenings off: no idle half-life, no minimum score, no cap on one miner.
 */
export function challengeRules(parameters: ChallengeParameters): ChallengeRules {
  const { preset, modalityWeights, kindWeights, types, emptyType } = parameters;
  const isHardened = preset === "assay";
  return {
    detector: {
      ...detectorRules(preset),
      modalityWeights: { image: modalityWeights.image / PPB, video: modalityWeights.video / PPB },
      kindWeights: { binary: kindWeights.binary / PPB, multiclass: kindWeights.multiclass / PPB },
    },
    scores: {
      alpha: parameters.alpha / PPB,
      idleHalfLifeBlocks: isHardened ? parameters.idleHalfLifeBlocks : null,
      unsampled: "hold",
    },
    types: {
      shares: Object.fromEntries(types.map(({ type, share }) => [type, share / PPB])),
      emptyType,
      minScore: isHardened ? parameters.minScore / PPB : 0,
      minerCap: isHardened ? parameters.minerCap / PPB : 1,
    },
  };
}
