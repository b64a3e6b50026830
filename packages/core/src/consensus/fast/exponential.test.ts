import { expect, test } from "vitest";
import { exp } from "../exp.ts";
import { createLanes, EXP_LIMIT, expLanes } from "./exponential.ts";
import { diceOf } from "./test/dice.ts";
import { operand } from "./test/operands.ts";

const ONE = 2 ** 32;
const COUNT = 100_000;

function expAll(exponents: readonly number[]): bigint[] {
  const lanes = createLanes(exponents.length);
  lanes.x.set(exponents);
  expLanes(lanes, exponents.length);
  return Array.from(lanes.result, BigInt);
}

test("100,000 exponents have the chain's series to the last bit", () => {
  const dice = diceOf(1);
  const exponents = Array.from({ length: COUNT }, () => {
    const size = dice.chance(0.5) ? operand(dice, EXP_LIMIT) : dice.between(0, EXP_LIMIT);
    return size * dice.oneOf([-1, 1]);
  });
  const results = expAll(exponents);
  expect(exponents.filter((x, l) => results[l] !== exp(BigInt(x)))).toEqual([]);
});

test("round exponents, whose terms are whole, are decided exactly", () => {
  const halves = Array.from({ length: 97 }, (_, k) => ((k - 48) * ONE) / 4);
  expect(expAll(halves)).toEqual(halves.map((x) => exp(BigInt(x))));
});

test("one has the library's own e", () => {
  expect(expAll([ONE, ONE - 1, ONE + 1])).toEqual([exp(2n ** 32n), exp(2n ** 32n - 1n), exp(2n ** 32n + 1n)]);
});

test("lanes beyond the count are left alone", () => {
  const lanes = createLanes(2);
  expLanes(lanes, 1);
  expect([...lanes.result]).toEqual([ONE, 0]);
});
