import { Candidate } from "@assay/core";
import { expect, test } from "vitest";
import { automatic, candidateLine, createDecisions, type Queue } from "./decisions.ts";
import { createScreen } from "./screen.ts";

function candidate(successRate: number): Candidate {
  const figures = {
    episodes: 200,
    successRate,
    successRateError: 0.01,
    meanReward: 0.5,
    meanRewardError: 0.01,
  };
  const uuid = `01a1fb91-6e07-7000-8989-${String(Math.round(successRate * 1000)).padStart(12, "0")}`;
  const hotkey = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
  return Candidate.parse({
    id: `candidate_${uuid}`,
    competitionId: `competition_${uuid}`,
    cycleId: `cycle_${uuid}`,
    submissionId: `submission_${uuid}`,
    hotkey,
    coldkey: hotkey,
    status: "pending",
    figures,
    validators: 3,
    stakeShare: 1,
    comparison: null,
    contested: false,
    createdAt: "2026-01-01T00:00:00.000Z",
    decision: null,
  });
}

const best = candidate(0.9);
const other = candidate(0.6);
const nameOf = (): string => "miner-4";

test("the demo admin approves the best candidate and nobody else", async () => {
  expect(await automatic("approve")([best, other], nameOf)).toMatchObject({ approve: best, reject: [] });
});

test("the demo admin that rejects, rejects everybody with a reason", async () => {
  const verdict = await automatic("reject")([best, other], nameOf);
  expect(verdict.approve).toBeUndefined();
  expect(verdict.reject).toEqual([best, other]);
  expect(verdict.reason).toContain("--auto-reject");
});

test("a candidate's line has what a reviewer asks first", () => {
  expect(candidateLine(best, nameOf)).toBe(
    "miner-4: 90.0 % of 200 episodes, mean reward 0.500, 3 validators, no leader yet",
  );
});

test("an answer that could not be carried out is given again at the next look", async () => {
  const tried: string[] = [];
  const queue: Queue = {
    candidates: {
      list: async () => ({ items: [best] }),
      approve: async ({ id }) => {
        tried.push(id);
        if (tried.length === 1) throw new Error("the backend was away");
      },
      reject: () => Promise.reject(new Error("nobody is rejected here")),
    },
  };
  const screen = createScreen(() => undefined, Date.now);
  const look = createDecisions(queue, { ask: automatic("approve"), screen, nameOf });
  await expect(look()).rejects.toThrow("away");
  expect([await look(), await look()]).toEqual([true, false]);
  expect(tried).toEqual([best.id, best.id]);
});
