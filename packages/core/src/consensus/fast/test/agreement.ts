import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import type { EpochInput, EpochOutput } from "../../types.ts";
import { createEpochKernel, epoch, fastEpoch } from "./native.ts";
import { randomEpoch } from "./random-epoch.ts";

/** How many epochs were compared, and how many of them had what. */
export type Counts = {
  epochs: number;
  upTo32: number;
  incentive: number;
  sharedDividends: number;
  older: number;
  liquid: number;
};

const kernel = createEpochKernel();

/**
 * Compares both kernels on the random epoch of each seed and on the epoch after it, which finds the bonds and permits
 * the first one left; alternately with new and with kept memory.
 */
export function compareKernels(seeds: Iterable<number>): Counts {
  const counts = { epochs: 0, upTo32: 0, incentive: 0, sharedDividends: 0, older: 0, liquid: 0 };
  for (const seed of seeds) {
    const first = randomEpoch(seed);
    const left = agreed(seed, first);
    count(counts, first, left);
    if (seed % 2 === 0) continue;
    const next = afterwards(first, left);
    count(counts, next, agreed(seed, next));
  }
  return counts;
}

function agreed(seed: number, input: EpochInput): EpochOutput {
  const expected = epoch(input);
  const actual = seed % 4 < 2 ? fastEpoch(input) : kernel(input);
  if (!isDeepStrictEqual(actual, expected)) expect({ seed, ...actual }).toEqual({ seed, ...expected });
  return expected;
}

function afterwards(input: EpochInput, left: EpochOutput): EpochInput {
  return { ...input, bonds: left.bonds, validatorPermit: left.validatorPermit };
}

function count(counts: Counts, input: EpochInput, output: EpochOutput): void {
  const has = (values: readonly number[]) => values.some((value) => value > 0);
  const hasConsensus = has(output.consensus);
  counts.epochs += 1;
  if (input.n <= 32) counts.upTo32 += 1;
  if (has(output.incentive)) counts.incentive += 1;
  if (output.dividends.filter((value) => value > 0).length > 1) counts.sharedDividends += 1;
  if (!input.yuma3 && hasConsensus) counts.older += 1;
  if (input.yuma3 && input.liquidAlpha && hasConsensus) counts.liquid += 1;
}
