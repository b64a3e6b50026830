import { expect, test } from "vitest";
import { mulCeil, mulFloor } from "./multiply.ts";
import { diceOf } from "./test/dice.ts";
import { pairs } from "./test/operands.ts";

const ONE = 2 ** 32;
const A_MAX = 2 ** 37;

/** Pairs over the whole proven range, half of them with a product next to a multiple of 2^32. */
function* operands(seed: number) {
  const dice = diceOf(seed);
  const aimed = (b: number) => Number((BigInt(dice.between(0, ONE)) << 32n) / BigInt(Math.max(1, b)));
  yield* pairs(dice, { count: 100_000, limits: [A_MAX, ONE], aimed });
}

test("the floored product is that of BigInt for 100,000 pairs", () => {
  const wrong = [...operands(1)].filter(
    ([a, b]) => BigInt(mulFloor(a, b)) !== (BigInt(a) * BigInt(b)) >> 32n,
  );
  expect(wrong).toEqual([]);
});

test("the raised product is that of BigInt for 100,000 pairs", () => {
  const raised = (a: number, b: number) => -((-BigInt(a) * BigInt(b)) >> 32n);
  const wrong = [...operands(2)].filter(([a, b]) => BigInt(mulCeil(a, b)) !== raised(a, b));
  expect(wrong).toEqual([]);
});

test("both reach the corners of their range", () => {
  expect([mulFloor(A_MAX, ONE), mulCeil(A_MAX, ONE)]).toEqual([A_MAX, A_MAX]);
  expect([mulFloor(A_MAX, ONE - 1), mulCeil(A_MAX, ONE - 1)]).toEqual([A_MAX - 32, A_MAX - 32]);
  expect([mulFloor(A_MAX - 1, 1), mulCeil(A_MAX - 1, 1)]).toEqual([31, 32]);
  expect([mulFloor(1, 1), mulCeil(1, 1), mulFloor(0, ONE), mulCeil(0, ONE)]).toEqual([0, 1, 0, 0]);
});
