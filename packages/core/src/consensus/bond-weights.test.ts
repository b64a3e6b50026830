import { expect, test } from "vitest";
import { bondWeights } from "./bond-weights.ts";
import { ONE, prop } from "./fixed.ts";
import { bits, functionVectors, sparse, type Whole } from "./test/chain-vectors.ts";
import type { FixedRows } from "./types.ts";

type Vector = { input: Whole[][]; second: Whole[][]; ratio: Whole; expected_sparse: [number, Whole][][] };

test.each(functionVectors<Vector>("interpolate"))("the chain's interpolation %#", (vector) => {
  const clipped = sparse(vector.second);
  const result = bondWeights(sparse(vector.input), { clipped, penalty: BigInt(vector.ratio) });
  expect(result).toEqual(bits(vector.expected_sparse));
});

const weights: FixedRows = [
  [
    [1, ONE],
    [0, 0n],
  ],
  [],
];
const clipped: FixedRows = [
  [
    [1, ONE / 2n],
    [0, 0n],
  ],
  [],
];

test("without penalty the weights count as they are, order and zeros included", () => {
  expect(bondWeights(weights, { clipped, penalty: 0n })).toEqual(weights);
});

test("with full penalty the clipped weights count as they are", () => {
  expect(bondWeights(weights, { clipped, penalty: prop(65_535) })).toEqual(clipped);
});

test("in between, weights lie between and zeros are gone", () => {
  expect(bondWeights(weights, { clipped, penalty: ONE / 2n })).toEqual([[[1, (ONE * 3n) / 4n]], []]);
});
