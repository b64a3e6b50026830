import fc from "fast-check";
import { expect, test } from "vitest";
import { PPB } from "../schema/primitives.ts";
import { refusalOf } from "../test/refusal.ts";
import { apportion, toPpb } from "./largest-remainder.ts";

test.each([
  [
    [1n, 1n],
    [500_000_000, 500_000_000],
  ],
  [
    [1n, 1n, 1n],
    [333_333_334, 333_333_333, 333_333_333],
  ],
  [
    [2n, 1n],
    [666_666_667, 333_333_333],
  ],
  [
    [0n, 5n],
    [0, PPB],
  ],
  [
    [1n, 10n ** 30n],
    [0, PPB],
  ],
])("%o becomes %o", (weights, shares) => {
  expect(toPpb(weights)).toEqual(shares);
});

test("nothing, only zeros and negative weights are refused", () => {
  expect(refusalOf(() => toPpb([]))).toBe("CORE_EMPTY");
  expect(refusalOf(() => toPpb([0n, 0n]))).toBe("CORE_EMPTY");
  expect(refusalOf(() => toPpb([2n, -1n]))).toBe("CORE_OUT_OF_RANGE");
});

const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 27n }), { minLength: 1, maxLength: 20 });

test("shares sum to exactly one, each within one part of its exact value", () => {
  fc.assert(
    fc.property(weights, (given) => {
      const total = given.reduce((sum, weight) => sum + weight, 0n);
      fc.pre(total > 0n);
      const shares = toPpb(given);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(PPB);
      for (const [index, weight] of given.entries()) {
        const floor = Number((weight * BigInt(PPB)) / total);
        expect(shares[index]! - floor === 0 || shares[index]! - floor === 1).toBe(true);
      }
    }),
  );
});

test("the larger weight never gets the smaller share, and the scale does not matter", () => {
  fc.assert(
    fc.property(weights, fc.bigInt({ min: 1n, max: 1000n }), (given, factor) => {
      fc.pre(given.some((weight) => weight > 0n));
      const shares = toPpb(given);
      const order = [...given.keys()].toSorted((a, b) => (given[a]! < given[b]! ? -1 : 1));
      for (const [place, index] of order.slice(1).entries()) {
        const smaller = order[place]!;
        if (given[index]! > given[smaller]!) expect(shares[index]).toBeGreaterThanOrEqual(shares[smaller]!);
      }
      expect(toPpb(given.map((weight) => weight * factor))).toEqual(shares);
    }),
  );
});

test("any number of parts is divided to the last one, none further off than one part", () => {
  expect(apportion([1n, 1n, 1n], 65_535)).toEqual([21_845, 21_845, 21_845]);
  expect(apportion([5n, 0n], 0)).toEqual([0, 0]);
  const weights = fc.array(fc.bigInt({ min: 1n, max: 10n ** 18n }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(weights, fc.nat({ max: 70_000 }), (given, parts) => {
      const shares = apportion(given, parts);
      const total = given.reduce((sum, weight) => sum + weight, 0n);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(parts);
      for (const [index, share] of shares.entries()) {
        const floor = Number(((given[index] ?? 0n) * BigInt(parts)) / total);
        expect([floor, floor + 1]).toContain(share);
      }
    }),
  );
});
