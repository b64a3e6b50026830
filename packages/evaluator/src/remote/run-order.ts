import { createHash } from "node:crypto";
import { seedsHash } from "@assay/core";
import type { Calibrated } from "../calibration/calibrated.ts";
import { EvaluatorError } from "../errors.ts";
import { createEvaluator } from "../evaluator.ts";
import { assertSameEvaluator, identityOf } from "../identity.ts";
import { taskFor } from "../tasks/built-in.ts";
import type { RunOrder, RunResult } from "./protocol.ts";

export type Means = {
  readonly calibrated: Calibrated;
  readonly signal: AbortSignal;
  /** Called whenever the run has got on by a step. */
  readonly onProgress: () => void;
};

/** Runs what a validator ordered; throws only for what is not the agent's fault. */
export async function runOrder(
  order: RunOrder,
  { calibrated, signal, onProgress }: Means,
): Promise<RunResult> {
  const { run, seeds, limits, artefactSha256 } = order;
  const task = taskFor(order.evaluator, order.taskConfig);
  assertSameEvaluator(order.evaluator, identityOf(task));
  const artefact = Buffer.from(order.artefact, "base64");
  assertHash(artefact, artefactSha256);
  await calibrated.assert(order, { signal, onProgress });
  const evaluator = createEvaluator({ task });
  try {
    const evaluation = await evaluator.evaluate({ artefact, seeds, limits, signal, onProgress });
    const restsOn = { evaluator: evaluator.identity, artefactSha256, seedsHash: await seedsHash(seeds) };
    const outcome = evaluation.ok
      ? { episodes: [...evaluation.episodes], failure: null }
      : { episodes: [], failure: { ...evaluation.failure } };
    return { type: "result", run, ...restsOn, ...outcome };
  } finally {
    await evaluator.close();
  }
}

function assertHash(artefact: Uint8Array, named: string): void {
  const found = createHash("sha256").update(artefact).digest("hex");
  if (found !== named) throw new EvaluatorError({ code: "EVALUATOR_ARTEFACT_MISMATCH", named, found });
}
