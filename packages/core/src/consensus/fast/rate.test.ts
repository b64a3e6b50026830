import { expect, test } from "vitest";
import { bondAlpha, liquidAlphaOf } from "../liquid-alpha.ts";
import { rateCurve, ratesAt } from "./rate.ts";
import { diceOf } from "./test/dice.ts";
import { operand } from "./test/operands.ts";

const ONE = 2 ** 32;

type Parameters = { alphaLow: number; alphaHigh: number; alphaSigmoidSteepness: number };

/** The distances whose rate is not the reference's; a weight w ≥ 0 with C = 0 and no bond is at distance w. */
function wrongRates(distances: readonly number[], parameters: Parameters): number[] {
  const rates = Float64Array.from(distances);
  ratesAt(rates, { count: distances.length, curve: rateCurve(parameters) });
  const expected = (d: number) =>
    bondAlpha({ consensus: 0n, weight: BigInt(d), bond: 0n }, liquidAlphaOf(parameters));
  return distances.filter((d, k) => BigInt(rates[k] ?? -1) !== expected(d));
}

test("100,000 distances under 1,000 curves have the rate of the reference", () => {
  const dice = diceOf(1);
  for (let k = 0; k < 1_000; k += 1) {
    const parameters = {
      alphaLow: dice.between(0, 65_535),
      alphaHigh: dice.between(0, 65_535),
      alphaSigmoidSteepness: dice.oneOf([1_000, dice.between(-3_000, 3_000), dice.between(-32_768, 32_767)]),
    };
    expect(
      wrongRates(
        Array.from({ length: 100 }, () => operand(dice, ONE)),
        parameters,
      ),
    ).toEqual([]);
  }
});

test("a flat curve, a step and crossed bounds have the rates of the reference", () => {
  const distances = [0, 1, ONE / 2 - 1, ONE / 2, ONE / 2 + 1, ONE - 1, ONE];
  for (const alphaSigmoidSteepness of [0, 1, -1, 32_767, -32_768])
    for (const [alphaLow, alphaHigh] of [
      [45_875, 58_982],
      [58_982, 45_875],
      [0, 65_535],
      [65_535, 0],
    ] as const)
      expect(wrongRates(distances, { alphaLow, alphaHigh, alphaSigmoidSteepness })).toEqual([]);
});

test("only the first distances are replaced", () => {
  const values = Float64Array.of(0, 7, 7);
  const curve = rateCurve({ alphaLow: 1, alphaHigh: 1, alphaSigmoidSteepness: 1_000 });
  ratesAt(values, { count: 2, curve });
  expect([...values]).toEqual([65_537, 65_537, 7]);
});
