import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { type Answer, type AnswerTally, tallyAnswers } from "./answer-tally.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { detectorReward } from "./detector-reward.ts";
import { DETECTOR_CLASSES, type DetectorRules, detectorRules, type Modality } from "./detector-rules.ts";

type History = { labels: number[]; predictions: number[] };
type ExpectedModality = {
  samples: number;
  binary_mcc: number | null;
  multiclass_mcc: number | null;
  invalid_fraction?: number;
  reward: number;
};
type Vector = {
  id: string;
  note: string;
  input: {
    config: {
      modality_weights: DetectorRules["modalityWeights"];
      kind_weights: DetectorRules["kindWeights"];
      window: number;
      min_samples: number;
      min_unique_labels: number;
      clip_negative: boolean;
      invalid_penalty: boolean;
    };
    image: History;
    video: History;
    invalid_answers: Record<Modality, number>;
    current_challenge_errored: Modality | null;
  };
  expected: { image: ExpectedModality; video: ExpectedModality; C: number };
};

const rulesOf = ({ config }: Vector["input"]): DetectorRules => ({
  modalityWeights: config.modality_weights,
  kindWeights: config.kind_weights,
  window: config.window,
  minAnswers: config.min_samples,
  fullAnswers: 1,
  minLabels: config.min_unique_labels,
  isClipped: config.clip_negative,
  invalid: config.invalid_penalty ? "share" : "step",
});
const tallyOf = (input: Vector["input"], modality: Modality): AnswerTally => ({
  matrix: confusionMatrix(input[modality].labels, input[modality].predictions, DETECTOR_CLASSES),
  invalid: input.invalid_answers[modality],
});

test.each(scoringVectors<Vector>("detector_reward"))("$id: $note", ({ input, expected }) => {
  const tallies = { image: tallyOf(input, "image"), video: tallyOf(input, "video") };
  const result = detectorReward(tallies, rulesOf(input), input.current_challenge_errored ?? undefined);
  expectClose(result.reward, expected.C);
  for (const modality of ["image", "video"] as const) {
    const [actual, wanted] = [result[modality], expected[modality]];
    expect(actual.answers).toBe(wanted.samples);
    expectClose(actual.reward, wanted.reward);
    if (wanted.invalid_fraction !== undefined) expectClose(actual.invalidShare, wanted.invalid_fraction);
    if (wanted.binary_mcc === null) expect(actual.binary).toBeNull();
    else expectClose(actual.binary?.value, wanted.binary_mcc);
    if (wanted.multiclass_mcc === null) expect(actual.multiclass).toBeNull();
    else expectClose(actual.multiclass?.value, wanted.multiclass_mcc);
  }
});

const nothing = tallyAnswers([], DETECTOR_CLASSES);
const perfect = (n: number): Answer[] =>
  Array.from({ length: n }, (_, i) => ({ label: i % 3, prediction: i % 3 }));
const imageReward = (window: readonly Answer[], rules: DetectorRules) =>
  detectorReward({ image: tallyAnswers(window, DETECTOR_CLASSES), video: nothing }, rules).image.reward;

test("the presets are those of the rules", () => {
  expect(detectorRules("assay")).toEqual({
    modalityWeights: { image: 0.6, video: 0.4 },
    kindWeights: { binary: 0.75, multiclass: 0.25 },
    window: 200,
    isClipped: true,
    minAnswers: 1,
    fullAnswers: 20,
    minLabels: 2,
    invalid: "share",
  });
  expect(detectorRules("source")).toMatchObject({
    minAnswers: 5,
    fullAnswers: 1,
    minLabels: 1,
    invalid: "step",
  });
});

test.each([
  [2, 0.1],
  [19, 0.95],
  [20, 1],
  [200, 1],
])("assay pays %i perfect answers %s", (answers, reward) => {
  expect(imageReward(perfect(answers), detectorRules("assay"))).toBeCloseTo(reward, 12);
});

test("source pays nothing for four answers and in full from five on", () => {
  expect(imageReward(perfect(4), detectorRules("source"))).toBe(0);
  expect(imageReward(perfect(5), detectorRules("source"))).toBe(1);
});

test("assay scores nobody on one label", () => {
  const window = Array.from({ length: 50 }, () => ({ label: 1, prediction: 1 }));
  expect(imageReward(window, detectorRules("assay"))).toBe(0);
});

test("a failed challenge zeroes one step under source and nothing under assay", () => {
  const image = tallyAnswers(perfect(30), DETECTOR_CLASSES);
  const reward = (preset: "assay" | "source") =>
    detectorReward({ image, video: nothing }, detectorRules(preset), "image").image.reward;
  expect([reward("source"), reward("assay")]).toEqual([0, 1]);
});

test("skipping a third of the challenges costs a third of the reward under assay", () => {
  const easy = perfect(60);
  const hard = (prediction: number | null) => Array.from({ length: 30 }, () => ({ label: 1, prediction }));
  const rules = detectorRules("assay");
  expect(imageReward([...easy, ...hard(null)], rules)).toBeLessThan(imageReward(easy, rules));
  expect(imageReward([...easy, ...hard(null)], rules)).toBeCloseTo(2 / 3, 12);
});

test("random and inverted answers earn nothing, a miner that never says semi-synthetic about 0.9", () => {
  const rules = detectorRules("assay");
  const inverted = perfect(60).map(({ label }) => ({ label, prediction: label === 0 ? 1 : 0 }));
  const blind = perfect(60).map(({ label }) => ({ label, prediction: Math.min(label, 1) }));
  expect(imageReward(inverted, rules)).toBe(0);
  expect(imageReward(blind, rules)).toBeCloseTo(0.9030931089239486, 12);
});

test("without clipping a negative skill counts against the miner", () => {
  const inverted = perfect(60).map(({ label }) => ({ label, prediction: label === 0 ? 1 : 0 }));
  const reward = imageReward(inverted, { ...detectorRules("source"), isClipped: false });
  expect(reward).toBeCloseTo(-0.9030931089239488, 12);
});

test.each([
  ["modalityWeights", { image: 0.6, video: 0.5 }],
  ["modalityWeights", { image: 1.5, video: -0.5 }],
  ["kindWeights", { binary: Number.NaN, multiclass: 1 }],
  ["minAnswers", 0],
  ["fullAnswers", 0.5],
  ["minLabels", -1],
])("rules with %s %j are refused", (name, value) => {
  const rules = { ...detectorRules("assay"), [name]: value };
  expect(refusalOf(() => detectorReward({ image: nothing, video: nothing }, rules))).toBe(
    "CORE_OUT_OF_RANGE",
  );
});

const anyAnswer = fc.record({
  label: fc.integer({ min: 0, max: 2 }),
  prediction: fc.option(fc.integer({ min: 0, max: 2 })),
});
const anyWindow = fc.array(anyAnswer, { maxLength: 60, size: "max" });

test("whatever the windows, the reward is a number between 0 and 1 and the order of answers does not matter", () => {
  fc.assert(
    fc.property(anyWindow, anyWindow, fc.constantFrom("assay", "source"), (image, video, preset) => {
      const rewardOf = (a: Answer[], b: Answer[]) =>
        detectorReward({ image: tallyAnswers(a, 3), video: tallyAnswers(b, 3) }, detectorRules(preset))
          .reward;
      const reward = rewardOf(image, video);
      expect(reward).toBeGreaterThanOrEqual(0);
      expect(reward).toBeLessThanOrEqual(1);
      expect(rewardOf(image.toReversed(), video.toReversed())).toBe(reward);
    }),
  );
});

test("an answer made right never lowers what real or not is worth", () => {
  const binaryOnly = { ...detectorRules("assay"), kindWeights: { binary: 1, multiclass: 0 } };
  fc.assert(
    fc.property(anyWindow, fc.nat(), (window, pick) => {
      fc.pre(window.length > 0);
      const better = window.map((answer, i) =>
        i === pick % window.length ? { ...answer, prediction: answer.label } : answer,
      );
      expect(imageReward(better, binaryOnly)).toBeGreaterThanOrEqual(imageReward(window, binaryOnly) - 1e-12);
    }),
  );
});

test("nobody earns more than a miner that gets everything right", () => {
  fc.assert(
    fc.property(anyWindow, (window) => {
      const rules = detectorRules("assay");
      const right = window.map(({ label }) => ({ label, prediction: label }));
      expect(imageReward(right, rules)).toBeGreaterThanOrEqual(imageReward(window, rules) - 1e-12);
    }),
  );
});
