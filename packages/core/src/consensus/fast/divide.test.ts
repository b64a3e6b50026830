import { expect, test } from "vitest";
import { divFloor } from "./divide.ts";
import { diceOf } from "./test/dice.ts";
import { pairs } from "./test/operands.ts";

const ONE = 2 ** 32;
const B_MAX = 2 ** 52 - 1;

/** Pairs over the whole proven range, half of them with a quotient next to an integer. */
function* operands(seed: number): Generator<readonly [number, number]> {
  const dice = diceOf(seed);
  const aimed = (b: number) => Number((BigInt(dice.between(0, ONE)) * BigInt(b)) >> 32n);
  for (const [a, b] of pairs(dice, { count: 100_000, limits: [B_MAX, B_MAX], aimed }))
    if (b > 0) yield [Math.min(a, b), b];
}

test("the quotient is that of BigInt for 100,000 pairs", () => {
  const wrong = [...operands(1)].filter(
    ([a, b]) => BigInt(divFloor(a, b)) !== (BigInt(a) << 32n) / BigInt(b),
  );
  expect(wrong).toEqual([]);
});

test("quotients that are exact, or miss an integer by the least possible, are decided by the remainder", () => {
  const dice = diceOf(2);
  const wrong = Array.from({ length: 100_000 }, () => {
    // With b = 2^32·c + 1, a·2^32 / b comes within 1 / b of an integer on either side.
    const b = ONE * dice.between(0, 2 ** 20 - 1) + dice.between(1, 2);
    const quotient = BigInt(dice.between(0, ONE));
    const a = Number((quotient * BigInt(b) + BigInt(ONE) - 1n) >> 32n) - dice.between(0, 1);
    return [Math.max(0, a), b] as const;
  }).filter(([a, b]) => BigInt(divFloor(a, b)) !== (BigInt(a) << 32n) / BigInt(b));
  expect(wrong).toEqual([]);
});

test("it reaches the corners of its range", () => {
  expect([divFloor(0, 1), divFloor(1, 1), divFloor(0, B_MAX), divFloor(B_MAX, B_MAX)]).toEqual([
    0,
    ONE,
    0,
    ONE,
  ]);
  expect([divFloor(1, B_MAX), divFloor(B_MAX - 1, B_MAX), divFloor(1, 3)]).toEqual([
    0,
    ONE - 1,
    1_431_655_765,
  ]);
});
