import type { Episode } from "@assay/core";
import type { RunResult, Task } from "@assay/evaluator";
import { type Refusal, refusal } from "./refusal.ts";
import type { Assignment } from "./worker.ts";

/** What is wrong with a result, as far as this validator can tell without running the agent; undefined if nothing. */
export function problemOf(result: RunResult, assignment: Assignment): Refusal | undefined {
  return foundation(result, assignment) ?? outcome(result, assignment);
}

/** Whether the result rests on what was asked for. */
function foundation(
  { evaluator, artefactSha256, seedsHash }: RunResult,
  asked: Assignment,
): Refusal | undefined {
  for (const field of ["task", "version", "configHash", "codeHash"] as const)
    if (evaluator[field] !== asked.job.evaluator[field])
      return refusal("wrong-evaluator", `the result names another ${field}`);
  if (artefactSha256 !== asked.job.artefactSha256)
    return refusal("wrong-artefact", "the result is about another agent");
  if (seedsHash !== asked.seedsHash) return refusal("wrong-seeds", "the result is about other seeds");
  return undefined;
}

function outcome({ episodes, failure }: RunResult, { job, task }: Assignment): Refusal | undefined {
  const expected = failure === null ? job.seeds.length : 0;
  if (episodes.length !== expected)
    return refusal("wrong-count", `${episodes.length} episodes instead of ${expected}`);
  const wrong = episodes.findIndex((episode) => !isPossible(episode, task));
  return wrong < 0
    ? undefined
    : refusal("out-of-range", `episode ${wrong} is not possible in ${task.spec.name}`);
}

function isPossible({ reward, steps }: Episode, { rewardRange: [least, most], spec }: Task): boolean {
  const { maxSteps } = spec.config;
  const limit = typeof maxSteps === "number" ? maxSteps : Number.POSITIVE_INFINITY;
  return reward >= least && reward <= most && steps >= 1 && steps <= limit;
}
