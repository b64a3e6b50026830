import { expect, test } from "vitest";
import { ResultBody } from "./job.ts";

const uuid = "01890a5d-ac96-774b-bcce-b302099a8057";
const hash = "ab".repeat(32);
const result = {
  scheme: "assay-result-v1",
  jobId: `job_${uuid}`,
  cycleId: `cycle_${uuid}`,
  submissionId: `submission_${uuid}`,
  validator: `5${"A".repeat(47)}`,
  attempt: 1,
  artefactSha256: hash,
  evaluator: { task: "waypoint-navigation", version: "1", configHash: hash, codeHash: hash },
  seedsHash: hash,
  episodes: [{ success: true, reward: 0.5, steps: 12 }],
  failure: null,
};
const isValid = (changes: object) => ResultBody.safeParse({ ...result, ...changes }).success;

test("a result names everything it rests on", () => {
  expect(ResultBody.parse(result)).toEqual(result);
  for (const field of ["evaluator", "seedsHash", "artefactSha256", "attempt", "failure"])
    expect(isValid({ [field]: undefined })).toBe(false);
});

test("a failure is the agent's own and has a code of the evaluator", () => {
  const detail = "too slow";
  expect(isValid({ episodes: [], failure: { code: "EVALUATOR_AGENT_TIMEOUT", detail } })).toBe(true);
  expect(isValid({ episodes: [], failure: { code: "EVALUATOR_CLOSED", detail } })).toBe(false);
});

test.each([
  ["a reward that is no number", { episodes: [{ success: true, reward: Number.NaN, steps: 1 }] }],
  ["a reward without bound", { episodes: [{ success: true, reward: 1e13, steps: 1 }] }],
  ["a success that is a number", { episodes: [{ success: 1, reward: 0, steps: 1 }] }],
  ["negative steps", { episodes: [{ success: true, reward: 0, steps: -1 }] }],
  ["attempt 0", { attempt: 0 }],
  ["another scheme", { scheme: "assay-receipt-v1" }],
  ["an id of another kind", { jobId: `cycle_${uuid}` }],
])("%s is refused", (_name, changes) => {
  expect(isValid(changes)).toBe(false);
});
