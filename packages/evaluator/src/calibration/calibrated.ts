import type { EvaluatorIdentity } from "@assay/core";
import { calibrate } from "./calibrate.ts";
import { type ReferenceAgent, referenceAgents } from "./reference-agents.ts";

/**
 * Remembers for which cycle each task was last calibrated: before the first job of a cycle the shipped reference agents
 * must earn here what they earn everywhere, otherwise no miner is judged by this host.
 */
export class Calibrated {
  readonly #references: readonly ReferenceAgent[];
  readonly #cycles = new Map<string, string>();

  /** Other references than the shipped ones are for tests. */
  constructor(references: readonly ReferenceAgent[] = referenceAgents) {
    this.#references = references;
  }

  /** Throws EVALUATOR_MISCALIBRATED; only a passed calibration is remembered. */
  async assert(
    { cycleId, evaluator }: { cycleId: string; evaluator: EvaluatorIdentity },
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#cycles.get(evaluator.task) === cycleId) return;
    await calibrate(evaluator, { signal, references: this.#references });
    this.#cycles.set(evaluator.task, cycleId);
  }
}
