import { expect, test } from "vitest";
import { followWeights, yuma3Bonds } from "./bonds-yuma3.ts";
import { ONE, prop } from "./fixed.ts";
import { liquidAlphaOf } from "./liquid-alpha.ts";
import { bits, fixed, functionVectors, sparse, type Whole } from "./test/chain-vectors.ts";
import { subnet } from "./test/epoch-inputs.ts";

type Vector = { input: Whole[][]; old: Whole[][]; alpha: Whole[][]; expected_sparse: [number, Whole][][] };

test.each(functionVectors<Vector>("mat_ema_alpha"))(
  "the chain's average with a rate per pair %#",
  (vector) => {
    const result = followWeights(sparse(vector.input), {
      previous: sparse(vector.old),
      alphas: vector.alpha.map(fixed),
    });
    expect(result).toEqual(bits(vector.expected_sparse));
  },
);

const liquid = liquidAlphaOf(subnet(0));
const bonded = subnet(2, { bonds: [[[1, 65_535]], []] });
const market = { consensus: [0n, ONE], incentive: [0n, ONE], liquid };

test("leaving a miner out of the row drops the bond at once", () => {
  expect(yuma3Bonds(bonded, { ...market, weights: [[], []] }).state).toEqual([[], []]);
});

test("an explicit zero lets the bond decay", () => {
  const { state } = yuma3Bonds(bonded, { ...market, weights: [[[1, 0n]], []] });
  const bond = state[0]?.[0]?.[1] ?? 0n;
  expect(bond).toBeGreaterThan(0n);
  expect(bond).toBeLessThan(ONE - liquid.low + 1n);
});

test("without any consensus the one rate holds for all, and omitted bonds decay", () => {
  const bonds = yuma3Bonds(bonded, { ...market, consensus: [0n, 0n], weights: [[], []] });
  expect(bonds.alphas).toBeNull();
  expect(bonds.state).toEqual([[[1, 3_865_470_566n]], []]);
});

test("without liquid alpha the one rate holds for all", () => {
  const bonds = yuma3Bonds(subnet(2), { ...market, liquid: null, weights: [[[1, ONE]], []] });
  expect(bonds.alphas).toBeNull();
  expect(bonds.state).toEqual([[[1, 429_496_730n]], []]);
});

test("totals are the bonds' part of the incentive", () => {
  const input = subnet(3, { bonds: [[[2, 65_535]], [[2, 65_535]], []] });
  const weights = [[[2, ONE]] as const, [[2, ONE]] as const, []];
  const bonds = yuma3Bonds(input, {
    weights,
    consensus: [0n, 0n, ONE],
    incentive: [0n, 0n, ONE],
    liquid: null,
  });
  expect(bonds.totals).toEqual([ONE / 2n, ONE / 2n, 0n]);
  expect(bonds.previous[0]).toEqual([[2, prop(65_535)]]);
});
