import fc from "fast-check";
import { expect, test } from "vitest";
import { amounts, emissionShares } from "./emission.ts";
import { ONE } from "./fixed.ts";
import { sum } from "./vector.ts";

const half = ONE / 2n;
const nobody = [0n, 0n];

test("servers and validators get half each when both earned", () => {
  const shares = emissionShares({
    incentive: [0n, ONE],
    dividends: [ONE, 0n],
    activeStake: [ONE, 0n],
    stake: [ONE, 0n],
  });
  expect(shares).toEqual({ server: [0n, half], validator: [half, 0n], combined: [half, half] });
});

test("incentive without dividends leaves everything to the servers", () => {
  const shares = emissionShares({
    incentive: [0n, ONE],
    dividends: nobody,
    activeStake: [ONE, 0n],
    stake: nobody,
  });
  expect(shares).toEqual({ server: [0n, ONE], validator: nobody, combined: [0n, ONE] });
});

test("without anything earned validators share by active stake", () => {
  const shares = emissionShares({
    incentive: nobody,
    dividends: nobody,
    activeStake: [ONE, 0n],
    stake: [half, half],
  });
  expect(shares).toEqual({ server: nobody, validator: [ONE, 0n], combined: [ONE, 0n] });
});

test("without active stake either they share by stake", () => {
  const shares = emissionShares({
    incentive: nobody,
    dividends: nobody,
    activeStake: nobody,
    stake: [half, half],
  });
  expect(shares).toEqual({ server: nobody, validator: [half, half], combined: [half, half] });
});

test("amounts are floored and exact beyond 2^53", () => {
  expect(amounts([ONE, half, 1n], 21_000_000_000_000_001n)).toEqual([
    21_000_000_000_000_001n,
    10_500_000_000_000_000n,
    4_889_443n,
  ]);
});

test("amounts never exceed what there is", () => {
  const share = fc.bigInt({ min: 0n, max: ONE });
  fc.assert(
    fc.property(fc.array(share, { maxLength: 20 }), fc.bigInt({ min: 0n, max: 1n << 64n }), (values, rao) => {
      const earned = { incentive: values, dividends: values, activeStake: values, stake: values };
      fc.pre(sum(values) > 0n);
      const shares = emissionShares(earned);
      const paid = [...amounts(shares.server, rao), ...amounts(shares.validator, rao)];
      expect(paid.reduce((a, b) => a + b, 0n)).toBeLessThanOrEqual(rao);
    }),
  );
});
