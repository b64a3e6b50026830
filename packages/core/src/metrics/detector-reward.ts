import { type AnswerTally, invalidShare } from "./answer-tally.ts";
import { binaryMcc } from "./binary-mcc.ts";
import { assertDetectorRules, type DetectorRules, type Modality } from "./detector-rules.ts";
import type { Mcc } from "./mcc.ts";
import { marginals, multiclassMcc } from "./multiclass-mcc.ts";

/** What one modality contributes, and from what. */
export type ModalityReward = {
  /** Valid answers. */
  readonly answers: number;
  /** Null if there were too few answers or labels to be scored at all. */
  readonly binary: Mcc | null;
  readonly multiclass: Mcc | null;
  /** In [0, 1]. */
  readonly invalidShare: number;
  /** r_m, at most 1; below 0 only without clipping. */
  readonly reward: number;
};

/** A detector's reward C and its parts. */
export type DetectorReward = Readonly<Record<Modality, ModalityReward>> & { readonly reward: number };

/**
 * Reward of a detector: C = Σ_m p_m·r_m over image and video, r_m = Σ_k w_k·max(0, MCC_{m,k}) over binary and
 * multiclass, times what the rules make of few and invalid answers.
 *
 * r_m = 0 with fewer valid answers than `minAnswers` or fewer distinct labels than `minLabels`. Otherwise r_m is scaled
 * by min(1, answers / `fullAnswers`) and, with `invalid: "share"`, by 1 − invalid share.
 *
 * An invalid answer made right and a wrong one made right raise the binary part; the multiclass part can fall in
 * lopsided windows, see {@link multiclassMcc}.
 *
 * @param tallies the window of each modality, counted; empty ones earn 0.
 * @param rules see `detectorRules`.
 * @param failedNow modality of the current challenge if it failed; matters only with `invalid: "step"`.
 * @returns C in [0, 1] (below 0 only without clipping), with its parts.
 * @throws CoreError CORE_OUT_OF_RANGE, CORE_LENGTH_MISMATCH.
 * @see BitMind SN34, incentive mechanism, detector reward.
 */
export function detectorReward(
  tallies: Readonly<Record<Modality, AnswerTally>>,
  rules: DetectorRules,
  failedNow?: Modality,
): DetectorReward {
  assertDetectorRules(rules);
  const image = rewardOf(tallies.image, rules, failedNow === "image");
  const video = rewardOf(tallies.video, rules, failedNow === "video");
  const { modalityWeights: weights } = rules;
  return { image, video, reward: weights.image * image.reward + weights.video * video.reward };
}

function rewardOf(
  { matrix, invalid }: AnswerTally,
  rules: DetectorRules,
  hasFailed: boolean,
): ModalityReward {
  const { answers, labels } = marginals(matrix);
  const share = invalidShare(invalid, answers);
  const distinct = labels.filter((count) => count > 0).length;
  if (answers < rules.minAnswers || distinct < rules.minLabels)
    return { answers, binary: null, multiclass: null, invalidShare: share, reward: 0 };
  const binary = binaryMcc(matrix);
  const multiclass = multiclassMcc(matrix);
  const { kindWeights: weights } = rules;
  const skill = weights.binary * worth(binary, rules) + weights.multiclass * worth(multiclass, rules);
  const reward = skill * presence({ answers, share, hasFailed }, rules);
  return { answers, binary, multiclass, invalidShare: share, reward };
}

function worth({ value }: Mcc, { isClipped }: DetectorRules): number {
  return isClipped ? Math.max(0, value) : value;
}

/** How much of its skill a miner is paid for: all of it, less for few or invalid answers. */
function presence(
  { answers, share, hasFailed }: { answers: number; share: number; hasFailed: boolean },
  { invalid, fullAnswers }: DetectorRules,
): number {
  const experience = Math.min(1, answers / fullAnswers);
  if (invalid === "share") return experience * (1 - share);
  return hasFailed ? 0 : experience;
}
