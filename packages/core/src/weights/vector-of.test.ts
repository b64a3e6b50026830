import fc from "fast-check";
import { expect, test } from "vitest";
import { PPB } from "../schema/primitives.ts";
import { WeightVector } from "../schema/snapshot.ts";
import { refusalOf } from "../test/refusal.ts";
import { vectorOf } from "./vector-of.ts";

const alice = `5${"A".repeat(47)}`;
const bob = `5${"B".repeat(47)}`;

test("amounts become shares and the rest burns", () => {
  const vector = vectorOf({
    policy: "leaders",
    amounts: [
      [alice, 1n],
      [bob, 1n],
    ],
    burn: 2n,
  });
  expect(vector).toEqual({
    policy: "leaders",
    entries: [
      { hotkey: alice, share: 250_000_000 },
      { hotkey: bob, share: 250_000_000 },
    ],
    burn: 500_000_000,
  });
});

test("a hotkey whose share rounds to nothing is left out, and the sum stays one", () => {
  const amounts = [[alice, 1n] as const, [bob, 10n ** 12n] as const];
  expect(vectorOf({ policy: "leaders", amounts, burn: 0n })).toEqual({
    policy: "leaders",
    entries: [{ hotkey: bob, share: PPB }],
    burn: 0,
  });
});

test("with nothing to pay everything burns and the policy says so", () => {
  const burnt = { policy: "burn", entries: [], burn: PPB };
  expect(vectorOf({ policy: "leaders", amounts: [], burn: 0n })).toEqual(burnt);
  expect(vectorOf({ policy: "leaders", amounts: [[alice, 0n]], burn: 0n })).toEqual(burnt);
  expect(vectorOf({ policy: "leaders", amounts: [[alice, 1n]], burn: 10n ** 12n })).toEqual(burnt);
});

test("a negative amount is refused", () => {
  expect(refusalOf(() => vectorOf({ policy: "leaders", amounts: [[alice, -1n]], burn: 2n }))).toBe(
    "CORE_OUT_OF_RANGE",
  );
});

test("every result is a vector the schema accepts", () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 20n });
  fc.assert(
    fc.property(amount, amount, amount, (a, b, burn) => {
      const vector = vectorOf({
        policy: "scores",
        amounts: [
          [alice, a],
          [bob, b],
        ],
        burn,
      });
      expect(WeightVector.safeParse(vector).success).toBe(true);
    }),
  );
});
