import { createHash } from "node:crypto";
import { EvaluatorError } from "./errors.ts";

const SEED = /^[0-9a-f]{64}$/;

/** Refuses an empty list and anything but 64 lower-case hex digits in it. */
export function assertSeeds(seeds: readonly string[]): void {
  if (seeds.length === 0) throw new EvaluatorError({ code: "EVALUATOR_NO_SEEDS" });
  const index = seeds.findIndex((seed) => !SEED.test(seed));
  if (index >= 0) throw new EvaluatorError({ code: "EVALUATOR_SEED_INVALID", index });
}

/** Derives one seed for each of `count` episodes: SHA-256 of the seed's 32 bytes and the index as u32 big-endian. */
export function episodeSeeds(seed: string, count: number): string[] {
  assertSeeds([seed]);
  return Array.from({ length: count }, (_, index) => {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(index);
    return createHash("sha256").update(Buffer.from(seed, "hex")).update(suffix).digest("hex");
  });
}
