import { expect, test } from "vitest";
import { exp } from "../exp.ts";
import { fromInteger, sdiv } from "../fixed.ts";
import { diceOf } from "./test/dice.ts";
import { wideLogistic } from "./wide-logistic.ts";

const ONE = 2 ** 32;

function logistic(x: number): bigint {
  return sdiv(fromInteger(1), fromInteger(1) + exp(BigInt(x)));
}

test("100,000 exponents between 12 and 20 have the quotient of the reference", () => {
  const dice = diceOf(1);
  const exponents = Array.from(
    { length: 100_000 },
    () => dice.between(12 * ONE, 20 * ONE) * dice.oneOf([-1, 1]),
  );
  expect(exponents.filter((x) => BigInt(wideLogistic(x)) !== logistic(x))).toEqual([]);
});

test("exponents where the quotient steps have that of the reference", () => {
  for (let quotient = 9; quotient < 26_000; quotient += 7) {
    const edge = Math.round(Math.log(ONE / quotient - 1) * ONE);
    for (const x of [edge - 1, edge, edge + 1]) {
      if (Math.abs(x) < 12 * ONE || Math.abs(x) > 20 * ONE) continue;
      expect(BigInt(wideLogistic(x))).toBe(logistic(x));
      expect(BigInt(wideLogistic(-x))).toBe(logistic(-x));
    }
  }
});

test("beyond 20 it stands still", () => {
  expect(wideLogistic(163 * ONE)).toBe(wideLogistic(20 * ONE));
  expect(wideLogistic(-163 * ONE)).toBe(wideLogistic(-20 * ONE));
  expect([BigInt(wideLogistic(20 * ONE)), BigInt(wideLogistic(-20 * ONE))]).toEqual([
    logistic(20 * ONE),
    logistic(-20 * ONE),
  ]);
});
