import { canonicalJson, type EvaluatorIdentity, type Json } from "@assay/core";
import { type Calibration, calibrate } from "./calibrate.ts";
import { type ReferenceAgent, referenceAgents } from "./reference-agents.ts";

/** More than any subnet has competitions at a time. */
const REMEMBERED = 256;

/** The part of a job that decides whether this host must show anew that it can be trusted. */
export type Calibratable = {
  readonly cycleId: string;
  readonly evaluator: EvaluatorIdentity;
  readonly taskConfig: { [key: string]: Json };
};

/**
 * Remembers for which evaluator (task, version, configuration, code) of which cycle this host was last calibrated: before
 * the first job of each the reference agents must earn here what they earn everywhere, or no miner is judged.
 */
export class Calibrated {
  readonly #references: readonly ReferenceAgent[];
  readonly #passed = new Set<string>();

  /** Other references than the shipped ones are for tests. */
  constructor(references: readonly ReferenceAgent[] = referenceAgents) {
    this.#references = references;
  }

  /** Throws EVALUATOR_MISCALIBRATED; only a passed calibration is remembered. */
  async assert(
    { cycleId, evaluator, taskConfig }: Calibratable,
    around: Omit<Calibration, "references">,
  ): Promise<void> {
    const key = canonicalJson({ cycleId, evaluator });
    if (this.#passed.has(key)) return;
    const { task, version } = evaluator;
    await calibrate({ task, version, config: taskConfig }, { ...around, references: this.#references });
    this.#passed.add(key);
    const [oldest] = this.#passed;
    if (this.#passed.size > REMEMBERED && oldest !== undefined) this.#passed.delete(oldest);
  }
}
