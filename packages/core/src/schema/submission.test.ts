import { expect, test } from "vitest";
import { AgentFigures, MAX_ARTEFACT_BYTES, SubmitAgent } from "./submission.ts";

const submission = {
  competitionId: "competition_01890a5d-ac96-774b-bcce-b302099a8057",
  sha256: "ab".repeat(32),
};
const isSubmission = (artefact: unknown) => SubmitAgent.safeParse({ ...submission, artefact }).success;

test("an artefact of the largest size passes, one byte more does not", () => {
  const base64 = (bytes: number) => Buffer.alloc(bytes).toString("base64");
  expect(isSubmission(base64(MAX_ARTEFACT_BYTES))).toBe(true);
  expect(isSubmission(base64(MAX_ARTEFACT_BYTES + 3))).toBe(false);
});

test.each(["AGFzbQ", "not base64!", "AGFz bQ==", 7])("%j is no artefact", (artefact) => {
  expect(isSubmission(artefact)).toBe(false);
});

test("figures are finite and a success rate is a share", () => {
  const figures = {
    episodes: 200,
    successRate: 0.5,
    successRateError: 0.03,
    meanReward: -4,
    meanRewardError: 0.1,
  };
  expect(AgentFigures.parse(figures)).toEqual(figures);
  for (const wrong of [
    { successRate: 1.1 },
    { meanReward: Number.NaN },
    { episodes: -1 },
    { meanRewardError: null },
  ])
    expect(AgentFigures.safeParse({ ...figures, ...wrong }).success).toBe(false);
});
