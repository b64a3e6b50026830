import fc from "fast-check";
import { expect, test } from "vitest";
import { fromInteger, ONE, prop } from "./fixed.ts";
import { bondAlpha, bondAlphas, liquidAlphaOf } from "./liquid-alpha.ts";
import { functionVectors, type Whole } from "./test/chain-vectors.ts";
import { subnet } from "./test/epoch-inputs.ts";

type Vector = {
  consensus: Whole;
  weight: Whole;
  bond: Whole;
  alpha_low: Whole;
  alpha_high: Whole;
  steepness: Whole;
  expected: Whole;
};

test.each(functionVectors<Vector>("alpha_sigmoid"))("the chain's alpha %#", (vector) => {
  const alpha = bondAlpha(
    { consensus: BigInt(vector.consensus), weight: BigInt(vector.weight), bond: BigInt(vector.bond) },
    {
      low: BigInt(vector.alpha_low),
      high: BigInt(vector.alpha_high),
      steepness: BigInt(vector.steepness),
    },
  );
  expect(alpha).toBe(BigInt(vector.expected));
});

const parameters = liquidAlphaOf(subnet(0));

test("the defaults of the chain", () => {
  expect(parameters).toEqual({ low: prop(45_875), high: prop(58_982), steepness: fromInteger(1_000) });
});

test("buying further above consensus is followed faster", () => {
  const bits = fc.bigInt({ min: 0n, max: ONE });
  fc.assert(
    fc.property(bits, bits, bits, (consensus, first, second) => {
      const [less, more] = first < second ? [first, second] : [second, first];
      const slow = bondAlpha({ consensus, weight: less, bond: 0n }, parameters);
      const fast = bondAlpha({ consensus, weight: more, bond: 0n }, parameters);
      expect(slow).toBeLessThanOrEqual(fast);
      expect(slow).toBeGreaterThanOrEqual(parameters.low);
      expect(fast).toBeLessThanOrEqual(parameters.high);
    }),
  );
});

test("every pair has its own rate", () => {
  const weights = [
    [
      [0, ONE / 4n],
      [1, ONE],
    ] as const,
    [],
  ];
  const bonds = [[], [[1, ONE / 2n]] as const];
  const consensus = [ONE / 2n, ONE / 2n];
  const alphas = bondAlphas(weights, { bonds, consensus, parameters });
  const pair = (level: bigint, weight: bigint, bond: bigint) =>
    bondAlpha({ consensus: level, weight, bond }, parameters);
  const half = ONE / 2n;
  expect(alphas).toEqual([
    [pair(half, ONE / 4n, 0n), pair(half, ONE, 0n)],
    [pair(half, 0n, 0n), pair(half, 0n, half)],
  ]);
});

test("an entry behind a larger uid is not seen when the rate is chosen", () => {
  const consensus = [0n, 0n];
  const sorted = [
    [
      [0, ONE],
      [1, ONE],
    ] as const,
  ];
  const unsorted = [
    [
      [1, ONE],
      [0, ONE],
    ] as const,
  ];
  const unseen = bondAlphas([[[1, ONE]]], { bonds: [[]], consensus, parameters });
  expect(bondAlphas(unsorted, { bonds: [[]], consensus, parameters })).toEqual(unseen);
  expect(bondAlphas(sorted, { bonds: [[]], consensus, parameters })).not.toEqual(unseen);
});
