import fc from "fast-check";
import { expect, test } from "vitest";
import { parseEpochFile } from "../../schema/epoch-file.ts";
import { epochOutputToJson } from "../../schema/epoch-output.ts";
import { epoch } from "../epoch.ts";
import { asText, caseSteps, fuzzSteps, type VectorStep, yuma } from "../test/chain-vectors.ts";
import { anyInput, deepFreeze, filled, subnet } from "../test/epoch-inputs.ts";
import { generate, hashOf } from "../test/generated-subnet.ts";
import type { EpochInput, SparseRow } from "../types.ts";
import { createEpochKernel, fastEpoch } from "./fast-epoch.ts";
import { compareKernels } from "./test/agreement.ts";
import { randomEpoch } from "./test/random-epoch.ts";

function check({ input, expected }: VectorStep): void {
  const parsed = parseEpochFile({ input })[0];
  if (parsed === undefined) throw new Error("the vector has no input");
  const output: Record<string, unknown> = epochOutputToJson(fastEpoch(parsed));
  for (const name of Object.keys(output))
    expect([name, asText(output[name])]).toEqual([name, asText(expected[name])]);
  expect(fastEpoch(parsed)).toEqual(epoch(parsed));
}

test.each(caseSteps)("the chain's epoch: $name", check);
test.each(fuzzSteps)("the chain's random epoch: $name", check);

test.each(yuma.generator_cases)("the chain's 512 neurons: $id", (generated) => {
  const expected = generated.expected_after_epoch_3.sha256_of_canonical_json;
  expect(hashOf(generate(generated, createEpochKernel()))).toBe(expected);
});

test("15,000 random epochs agree with the reference to the last bit", { timeout: 60_000 }, () => {
  const counts = compareKernels(Array.from({ length: 10_000 }, (_, seed) => seed));
  expect(counts.epochs).toBe(15_000);
  expect(counts.upTo32 / counts.epochs).toBeGreaterThan(0.94);
  // The generator must not wander into states where nothing is paid.
  expect(counts.incentive).toBeGreaterThan(4_000);
  expect(counts.sharedDividends).toBeGreaterThan(3_000);
  expect(counts.older).toBeGreaterThan(1_000);
  expect(counts.liquid).toBeGreaterThan(1_500);
});

test("any state of the chain is computed as the reference does, and left untouched", () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      expect(fastEpoch(deepFreeze(input))).toEqual(epoch(input));
    }),
    { numRuns: 300 },
  );
});

const market = subnet(3, {
  stake: [600n, 400n, 0n],
  weights: [[[2, 65_535]], [[2, 1]], []],
  bonds: [[[2, 7]], [], []],
});

const contradictions: [string, Partial<EpochInput>][] = [
  ["a missing row", { weights: [[], []] }],
  ["a missing stake", { stake: [1n] }],
  ["a missing commit", { commitReveal: true, liveCommitBlock: [] }],
  ["a fractional uid", { weights: [[[0.5, 1]], [], []] }],
  ["a negative weight", { weights: [[[2, -1]], [], []] }],
  ["a weight above u16", { weights: [[], [], [[2, 65_536]]] }],
  ["a weight that is no number", { weights: [[[2, Number.NaN]], [], []] }],
  ["a bond above u16", { bonds: [[[70_000, 1]], [], []] }],
  ["a negative stake", { stake: [-1n, 0n, 0n] }],
  ["a stake beyond all stake", { stake: [1n << 62n, 1n << 62n, 0n] }],
  ["a negative block", { block: -1 }],
  ["a fractional update", { lastUpdate: [0.5, 1, 1] }],
  ["a registration without end", { blockAtRegistration: [1, 1, Number.POSITIVE_INFINITY] }],
  ["a kappa above one", { kappa: 65_536 }],
  ["a steepness beyond i16", { alphaSigmoidSteepness: 32_768 }],
  ["an emission beyond u64", { raoEmission: 1n << 64n }],
  ["a negative threshold", { stakeThreshold: -1n }],
  ["a negative moving average", { bondsMovingAverage: -1 }],
];

function refusal(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(contradictions)("%s is refused as by the reference", (_, changes) => {
  const input = { ...market, ...changes };
  const expected = refusal(() => epoch(input));
  expect(expected).toBeInstanceOf(Error);
  expect(refusal(() => fastEpoch(input))).toEqual(expected);
});

const beyond: [string, Partial<EpochInput>][] = [
  ["a uid twice in a weight row", { weights: [[...twice(2)], [[2, 1]], []] }],
  ["a uid twice in a bond row", { bonds: [[...twice(2)], [], []] }],
  ["a moving average above one", { bondsMovingAverage: 1_000_001 }],
  ["half of all stake there can be", { stake: [1n << 62n, 1n, 0n] }],
  ["a bond beyond the last uid before another", { bonds: [[...past(2)], [], []], liquidAlpha: true }],
  ["an emission beyond exact doubles", { raoEmission: (1n << 64n) - 1n }],
];

function twice(uid: number): SparseRow {
  return [
    [uid, 9],
    [uid, 65_535],
  ];
}

function past(uid: number): SparseRow {
  return [
    [9, 1],
    [uid, 65_535],
  ];
}

test.each(beyond)("%s is computed as by the reference", (_, changes) => {
  const input = { ...market, ...changes };
  expect(fastEpoch(input)).toEqual(epoch(input));
});

test("a miner named by exactly the majority that kappa asks for keeps its weight", () => {
  const input = subnet(3, { stake: [1n, 2n, 0n], kappa: 21_845, weights: [[[2, 1]], [], []] });
  expect(fastEpoch(input).consensus).toEqual([0, 0, 65_535]);
  expect(fastEpoch(input)).toEqual(epoch(input));
});

test("a kernel's results do not change with its next epoch", () => {
  const kernel = createEpochKernel();
  const result = kernel(market);
  const copy = structuredClone(result);
  kernel({ ...market, stake: [1n, 2n, 3n], kappa: 0, yuma3: false });
  expect(result).toEqual(copy);
});

test("a kernel remembers nothing but room, whatever it computed before", () => {
  const kernel = createEpochKernel();
  const large = subnet(40, { stake: filled(40, 5n), weights: filled(40, market.weights[0] ?? []) });
  for (const input of [large, market, randomEpoch(7), subnet(0), market, large])
    expect(kernel(input)).toEqual(epoch(input));
});
