import { expect, test } from "vitest";
import { assertDetectorRules, detectorRules } from "../../metrics/detector-rules.ts";
import { ChallengeParameters } from "../../schema/mechanism-parameters.ts";
import { scoreRules } from "../../scores/score-round.ts";
import { challengeRules } from "./rules.ts";

test.each(["assay", "source"] as const)("the defaults of %s are those of each step", (preset) => {
  const { detector, scores } = challengeRules(ChallengeParameters.parse({ preset }));
  expect(detector).toEqual(detectorRules(preset));
  expect(scores).toEqual(scoreRules(preset));
});

test("the hardenings are the default preset's only", () => {
  const shares = { detector: 0.9, segmenter: 0.1 };
  expect(challengeRules(ChallengeParameters.parse({})).types).toEqual({
    shares,
    emptyType: "burn",
    minScore: 0.1,
    minerCap: 0.5,
  });
  expect(challengeRules(ChallengeParameters.parse({ preset: "source" })).types).toEqual({
    shares,
    emptyType: "burn",
    minScore: 0,
    minerCap: 1,
  });
});

test("parts per billion are read as the decimals they stand for", () => {
  const parameters = ChallengeParameters.parse({
    alpha: 50_000_000,
    idleHalfLifeBlocks: 360,
    modalityWeights: { image: 300_000_000, video: 700_000_000 },
    kindWeights: { binary: 500_000_000, multiclass: 500_000_000 },
    types: [
      { type: "image", share: 333_333_333 },
      { type: "video", share: 666_666_667 },
    ],
  });
  const { detector, scores, types } = challengeRules(parameters);
  expect(detector.modalityWeights).toEqual({ image: 0.3, video: 0.7 });
  expect(detector.kindWeights).toEqual({ binary: 0.5, multiclass: 0.5 });
  expect(() => assertDetectorRules(detector)).not.toThrow();
  expect(scores).toEqual({ alpha: 0.05, idleHalfLifeBlocks: 360, unsampled: "hold" });
  expect(types.shares).toEqual({ image: 0.333333333, video: 0.666666667 });
});
