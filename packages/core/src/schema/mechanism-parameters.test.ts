import { expect, test } from "vitest";
import {
  ChallengeParameters,
  CompetitionParameters,
  SubsetsParameters,
  TournamentParameters,
} from "./mechanism-parameters.ts";
import { PPB } from "./primitives.ts";

test("every parameter but the environments has a default", () => {
  expect(CompetitionParameters.parse({})).toEqual({ preset: "assay", unled: "redistribute" });
  expect(TournamentParameters.parse({})).toEqual({
    preset: "assay",
    prizes: "winner",
    owed: false,
    leaderPreview: 0,
    refreshSeconds: 3600,
  });
  expect(SubsetsParameters.parse({ environments: ["a"] })).toEqual({
    preset: "assay",
    environments: ["a"],
    holes: "burn",
    minSuccessRate: 500_000_000,
    minEpisodes: 200,
  });
  expect(SubsetsParameters.safeParse({}).success).toBe(false);
});

test("a challenge instance pays detectors nine parts and segmenters one, unless it says otherwise", () => {
  expect(ChallengeParameters.parse({})).toEqual({
    preset: "assay",
    types: [
      { type: "detector", share: 900_000_000 },
      { type: "segmenter", share: 100_000_000 },
    ],
    emptyType: "burn",
    challengeIntervalBlocks: 5,
    sampleSize: 50,
    alpha: 20_000_000,
    modalityWeights: { image: 600_000_000, video: 400_000_000 },
    kindWeights: { binary: 750_000_000, multiclass: 250_000_000 },
    idleHalfLifeBlocks: 7200,
    minScore: 100_000_000,
    minerCap: 500_000_000,
    warmUpRounds: 50,
  });
});

const type = (name: string, share: number) => ({ type: name, share });

test.each([
  ["types that sum to less", { types: [type("detector", PPB - 1)] }],
  ["types that sum to more", { types: [type("a", PPB), type("b", 1)] }],
  ["a type twice", { types: [type("a", PPB / 2), type("a", PPB / 2)] }],
  ["no type", { types: [] }],
  ["a type in capitals", { types: [type("Detector", PPB)] }],
  ["modalities that sum to more", { modalityWeights: { image: PPB, video: 1 } }],
  ["kinds that sum to less", { kindWeights: { binary: 1, multiclass: 1 } }],
  ["an average that never moves", { alpha: 0 }],
  ["a fraction instead of parts per billion", { minScore: 0.1 }],
  ["NaN", { minerCap: Number.NaN }],
  ["no warm-up", { warmUpRounds: 0 }],
])("a challenge instance with %s is refused", (_name, changes) => {
  expect(ChallengeParameters.safeParse(changes).success).toBe(false);
});

test.each([
  ["an environment twice", { environments: ["a", "a"] }],
  ["no environment", { environments: [] }],
  ["seventeen environments", { environments: Array.from({ length: 17 }, (_, k) => `e${k}`) }],
  ["an unknown policy", { environments: ["a"], holes: "keep" }],
  ["a rate above one", { environments: ["a"], minSuccessRate: PPB + 1 }],
])("a subsets instance with %s is refused", (_name, changes) => {
  expect(SubsetsParameters.safeParse(changes).success).toBe(false);
});

test.each([
  ["unknown prizes", { prizes: "everybody" }],
  ["a preview of more than a tenth", { leaderPreview: PPB / 10 + 1 }],
  ["a refresh without pause", { refreshSeconds: 0 }],
])("a tournament instance with %s is refused", (_name, changes) => {
  expect(TournamentParameters.safeParse(changes).success).toBe(false);
});
