import type { Job } from "@assay/core";
import { expect, test } from "vitest";
import { IDLE_AGENT } from "../testing/agents.ts";
import { aJob, jobBoard } from "../testing/board.ts";
import { createClaims } from "./claims.ts";

/** A board that answers each claim as it is told to, and remembers the keys. */
function boardWith(answers: (Job | null | Error)[]) {
  const keys: string[] = [];
  const { board } = jobBoard({ jobs: [], artefacts: [] });
  const claim = async ({ key }: { key: string }): Promise<Job | null> => {
    keys.push(key);
    const answer = answers.shift() ?? null;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { keys, claims: createClaims({ ...board, jobs: { ...board.jobs, claim } }) };
}

test("the key stays until a job is taken, over lost answers and over none", async () => {
  const job = aJob(IDLE_AGENT);
  const { keys, claims } = boardWith([new Error("lost"), null, job, job, null]);
  await expect(claims.ask()).rejects.toThrow("lost");
  expect(await claims.ask()).toBeNull();
  // This answer came after its deadline: nobody took the job.
  expect(await claims.ask()).toBe(job);
  expect(await claims.ask()).toBe(job);
  expect(new Set(keys).size).toBe(1);
  claims.taken();
  await claims.ask();
  expect(new Set(keys).size).toBe(2);
});
