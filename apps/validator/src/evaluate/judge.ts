import { createHash } from "node:crypto";
import { canonicalJson, type Job, type ResultBody } from "@assay/core";
import { assertSameEvaluator, createEvaluator, type Evaluation, identityOf, taskFor } from "@assay/evaluator";
import { within } from "../loop/within.ts";
import type { Calibrated } from "./calibrated.ts";
import { asking, type EvaluateContext } from "./context.ts";

/** Beyond every limit the evaluator itself enforces. */
const EVALUATION_MS = 30 * 60_000;

export type Judging = { readonly job: Job; readonly calibrated: Calibrated; readonly signal: AbortSignal };

/** Runs a job's agent on its seeds; throws only for what is this validator's own fault. */
export async function judge(
  context: EvaluateContext,
  { job, calibrated, signal }: Judging,
): Promise<ResultBody> {
  const task = taskFor(job.evaluator, job.taskConfig);
  assertSameEvaluator(job.evaluator, identityOf(task));
  const calibration = calibrated.assert(job, signal);
  await within(calibration, { what: "a calibration", ms: EVALUATION_MS, signal });
  const fetched = context.board.fetchAgent(job.artefactSha256, { signal });
  const artefact = await asking("an agent's bytes", fetched, signal);
  const evaluator = createEvaluator({ task });
  try {
    const work = evaluator.evaluate({ artefact, seeds: job.seeds, signal });
    const evaluation = await within(work, { what: "an evaluation", ms: EVALUATION_MS, signal });
    return resultOf(job, { validator: context.signer.address, evaluation });
  } finally {
    await evaluator.close();
  }
}

function resultOf(
  job: Job,
  { validator, evaluation }: { validator: string; evaluation: Evaluation },
): ResultBody {
  const { id: jobId, cycleId, submissionId, attempt, artefactSha256, evaluator, seeds } = job;
  return {
    scheme: "assay-result-v1",
    jobId,
    cycleId,
    submissionId,
    validator,
    attempt,
    artefactSha256,
    evaluator,
    seedsHash: sha256(canonicalJson(seeds)),
    episodes: evaluation.ok ? [...evaluation.episodes] : [],
    failure: evaluation.ok ? null : { ...evaluation.failure },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
