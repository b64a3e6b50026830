import { expect, test } from "vitest";
import { consensus } from "./consensus.ts";
import { ONE, prop } from "./fixed.ts";
import { fixed, functionVectors, sparse, type Whole } from "./test/chain-vectors.ts";
import type { FixedRows } from "./types.ts";

type Vector = { stake: Whole[]; score: Whole[][]; majority: Whole; expected: Whole[] };

test.each(functionVectors<Vector>("weighted_median_col"))("the chain's consensus %#", (vector) => {
  const result = consensus(sparse(vector.score), {
    activeStake: fixed(vector.stake),
    kappa: BigInt(vector.majority),
  });
  expect(result.slice(0, vector.expected.length)).toEqual(fixed(vector.expected));
});

const split: FixedRows = [[[2, ONE]], [[3, ONE]], [], []];
const halves = [ONE / 2n, ONE / 2n, 0n, 0n];

test("with the default kappa an even split gives both sides consensus", () => {
  expect(consensus(split, { activeStake: halves, kappa: prop(32_767) })).toEqual([0n, 0n, ONE, ONE]);
});

test("with a kappa above one half an even split gives nobody consensus", () => {
  expect(consensus(split, { activeStake: halves, kappa: prop(32_768) })).toEqual([0n, 0n, 0n, 0n]);
});

test("a colluding minority cannot lift its miner above what the majority gives it", () => {
  const honest = [[2, ONE]] as const;
  const colluder = [[3, ONE]] as const;
  const activeStake = [ONE / 4n, ONE / 4n, ONE / 4n, ONE / 4n];
  const result = consensus([honest, honest, honest, colluder], { activeStake, kappa: prop(32_767) });
  expect(result).toEqual([0n, 0n, ONE, 0n]);
});

test("without active stake there is no consensus", () => {
  expect(consensus(split, { activeStake: [0n, 0n, 0n, 0n], kappa: prop(32_767) })).toEqual([0n, 0n, 0n, 0n]);
});
