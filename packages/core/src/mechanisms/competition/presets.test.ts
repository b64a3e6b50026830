import { expect, test } from "vitest";
import { Thresholds } from "../../schema/competition.ts";
import { presetThresholds } from "./presets.ts";

test("assay has the defaults of the schema", () => {
  expect(presetThresholds("assay")).toEqual(Thresholds.parse({}));
  expect(presetThresholds("assay")).toMatchObject({
    winMargin: 0.02,
    zScore: 3,
    minLead: 0.005,
    minEpisodes: 200,
  });
});

test("source has those of the system it describes", () => {
  const source = { minSuccessRate: 1, minAvgReward: 0, minEpisodes: 1, winMargin: 0.05 };
  expect(presetThresholds("source")).toMatchObject(source);
});
