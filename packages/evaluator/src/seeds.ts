import { EvaluatorError } from "./errors.ts";

const SEED = /^[0-9a-f]{64}$/;

/** Refuses an empty list and anything but 64 lower-case hex digits in it. */
export function assertSeeds(seeds: readonly string[]): void {
  if (seeds.length === 0) throw new EvaluatorError({ code: "EVALUATOR_NO_SEEDS" });
  const index = seeds.findIndex((seed) => !SEED.test(seed));
  if (index >= 0) throw new EvaluatorError({ code: "EVALUATOR_SEED_INVALID", index });
}
