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

/** The first exponent beyond 12, of the given sign, at which the result has passed `level`. */
function edgeOf(level: number, sign: number): number {
  let inside = 12 * ONE;
  let outside = 20 * ONE;
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (sign * wideLogistic(sign * middle) >= sign * level) inside = middle;
    else outside = middle;
  }
  return sign * outside;
}

test("exponents where the result steps have that of the reference", () => {
  const dice = diceOf(2);
  const edges = Array.from({ length: 3_000 }, () => {
    const level = dice.between(9, 26_387);
    return dice.chance(0.5) ? edgeOf(level, 1) : edgeOf(ONE - level, -1);
  });
  const around = edges.flatMap((x) => [x - 1, x, x + 1]).filter((x) => Math.abs(x) >= 12 * ONE);
  expect(around.filter((x) => BigInt(wideLogistic(x)) !== logistic(x))).toEqual([]);
});

test("beyond 20 it stands still", () => {
  expect(wideLogistic(163 * ONE)).toBe(wideLogistic(20 * ONE));
  expect(wideLogistic(-163 * ONE)).toBe(wideLogistic(-20 * ONE));
  expect([BigInt(wideLogistic(20 * ONE)), BigInt(wideLogistic(-20 * ONE))]).toEqual([
    logistic(20 * ONE),
    logistic(-20 * ONE),
  ]);
});
