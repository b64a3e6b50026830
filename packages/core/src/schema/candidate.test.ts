import { expect, test } from "vitest";
import { ApproveCandidate, BarComparison, RejectCandidate } from "./candidate.ts";

const id = "candidate_01890a5d-ac96-774b-bcce-b302099a8057";

test("a rejection needs a reason in words, an approval may have one", () => {
  expect(RejectCandidate.safeParse({ id, reason: "copied from the leader" }).success).toBe(true);
  for (const reason of [undefined, null, "", "   ", "no"])
    expect(RejectCandidate.safeParse({ id, reason }).success).toBe(false);
  expect(ApproveCandidate.safeParse({ id }).success).toBe(true);
  expect(ApproveCandidate.safeParse({ id, reason: "x".repeat(2001) }).success).toBe(false);
});

test("a comparison is made of finite numbers", () => {
  const comparison = {
    metric: "success-rate",
    leaderSubmissionId: "submission_01890a5d-ac96-774b-bcce-b302099a8057",
    leaderFigures: { episodes: 1, successRate: 1, successRateError: 0, meanReward: 0, meanRewardError: 0 },
    difference: 0.1,
    differenceError: 0.01,
    bar: 0.03,
  };
  expect(BarComparison.parse(comparison)).toEqual(comparison);
  for (const wrong of [{ difference: Number.NaN }, { bar: Number.POSITIVE_INFINITY }, { metric: "luck" }])
    expect(BarComparison.safeParse({ ...comparison, ...wrong }).success).toBe(false);
});
