import fc from "fast-check";
import { expect, test } from "vitest";
import { exp, sigmoid } from "./exp.ts";
import { fromInteger, ONE } from "./fixed.ts";
import { functionVectors, type Whole } from "./test/chain-vectors.ts";

test.each(functionVectors<{ input: Whole; expected: Whole }>("exp_safe"))(
  "the chain's exp($input) is $expected",
  ({ input, expected }) => {
    expect(exp(BigInt(input))).toBe(BigInt(expected));
  },
);

type Curve = { input: Whole; rho: Whole; kappa: Whole; expected: Whole };
test.each(functionVectors<Curve>("sigmoid_safe"))(
  "the chain's sigmoid at $input, steepness $rho, is $expected",
  ({ input, rho, kappa, expected }) => {
    const curve = { steepness: BigInt(rho), midpoint: BigInt(kappa) };
    expect(sigmoid(BigInt(input), curve)).toBe(BigInt(expected));
  },
);

test("beyond 20 the exponential stands still", () => {
  expect(exp(fromInteger(1_000))).toBe(exp(fromInteger(20)));
  expect(exp(fromInteger(-1_000))).toBe(exp(fromInteger(-20)));
});

test("the exponential is positive and close to the real one", () => {
  fc.assert(
    fc.property(fc.double({ min: -5, max: 10, noNaN: true }), (x) => {
      const bits = exp(BigInt(Math.round(x * 2 ** 32)));
      expect(bits).toBeGreaterThan(0n);
      expect(Number(bits) / 2 ** 32 / Math.exp(x)).toBeCloseTo(1, 6);
    }),
  );
});

test("a curve is one half at its midpoint", () => {
  expect(sigmoid(ONE, { steepness: fromInteger(30), midpoint: ONE })).toBe(ONE / 2n);
});
