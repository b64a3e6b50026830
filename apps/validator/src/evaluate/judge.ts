import { createHash } from "node:crypto";
import { canonicalJson, type Job, type ResultBody } from "@assay/core";
import { assertSameEvaluator, type Evaluation, identityOf, taskFor } from "@assay/evaluator";
import { asking, type EvaluateContext } from "./context.ts";
import { evaluateSomewhere, type Seat } from "./evaluate-somewhere.ts";

export type Judging = {
  readonly job: Job;
  readonly seat: Seat;
  readonly signal: AbortSignal;
};

/** Has a job's agent evaluated on its seeds; throws only for what is this validator's own fault. */
export async function judge(context: EvaluateContext, { job, seat, signal }: Judging): Promise<ResultBody> {
  const task = taskFor(job.evaluator, job.taskConfig);
  assertSameEvaluator(job.evaluator, identityOf(task));
  const fetched = context.board.fetchAgent(job.artefactSha256, { signal });
  const artefact = await asking("an agent's bytes", fetched, signal);
  const seedsHash = sha256(canonicalJson(job.seeds));
  const assignment = { job, task, artefact, seedsHash, signal };
  const evaluation = await evaluateSomewhere(context, { assignment, seat });
  return resultOf(job, { validator: context.signer.address, evaluation, seedsHash });
}

function resultOf(
  job: Job,
  { validator, evaluation, seedsHash }: { validator: string; evaluation: Evaluation; seedsHash: string },
): ResultBody {
  const { id: jobId, cycleId, submissionId, attempt, artefactSha256, evaluator } = job;
  return {
    scheme: "assay-result-v1",
    jobId,
    cycleId,
    submissionId,
    validator,
    attempt,
    artefactSha256,
    evaluator,
    seedsHash,
    episodes: evaluation.ok ? [...evaluation.episodes] : [],
    failure: evaluation.ok ? null : { ...evaluation.failure },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
