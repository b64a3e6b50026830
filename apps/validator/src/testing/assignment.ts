import { createHash } from "node:crypto";
import { canonicalJson } from "@assay/core";
import { type RunOrder, taskFor } from "@assay/evaluator";
import type { Assignment } from "../evaluators/worker.ts";
import { IDLE_AGENT } from "./agents.ts";
import { aJob } from "./board.ts";

/** An agent on the default task; only what a test is about is said in it. */
export function anAssignment(about: Partial<Assignment> = {}): Assignment {
  const job = aJob(IDLE_AGENT);
  return {
    job,
    task: taskFor(job.evaluator, job.taskConfig),
    artefact: IDLE_AGENT,
    seedsHash: createHash("sha256").update(canonicalJson(job.seeds)).digest("hex"),
    signal: new AbortController().signal,
    ...about,
  };
}

/** What an honest evaluator could answer: everything as ordered, and an episode for each seed. */
export function anAnswer({ run, evaluator, artefactSha256, seeds }: RunOrder) {
  const seedsHash = createHash("sha256").update(canonicalJson(seeds)).digest("hex");
  const episodes = seeds.map(() => ({ success: false, reward: 0.25, steps: 7 }));
  return { type: "result", run, evaluator, artefactSha256, seedsHash, episodes, failure: null };
}
