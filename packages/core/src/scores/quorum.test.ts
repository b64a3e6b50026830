import fc from "fast-check";
import { expect, test } from "vitest";
import { quorum } from "./quorum.ts";

const roster = (...stakes: bigint[]) =>
  stakes.map((stakeRao, index) => ({ hotkey: `v${index}`, coldkey: `c${index}`, stakeRao }));
const scored = (...indexes: number[]) => new Set(indexes.map((index) => `v${index}`));

test("two validators with exactly half of the stake are enough", () => {
  expect(quorum(roster(50n, 25n, 25n), scored(1, 2))).toEqual({
    isReached: true,
    validators: 2,
    required: 2,
    stakeShare: 0.5,
  });
});

test("one rao less than half is not", () => {
  expect(quorum(roster(51n, 25n, 24n), scored(1, 2)).isReached).toBe(false);
});

test("one validator alone is not enough, whatever its stake", () => {
  expect(quorum(roster(99n, 1n), scored(0)).isReached).toBe(false);
});

test("one validator is enough where nobody else was asked", () => {
  expect(quorum(roster(7n), scored(0))).toEqual({
    isReached: true,
    validators: 1,
    required: 1,
    stakeShare: 1,
  });
});

test("without any stake in the roster validators are counted", () => {
  expect(quorum(roster(0n, 0n, 0n), scored(0, 1)).isReached).toBe(true);
  expect(quorum(roster(0n, 0n, 0n, 0n, 0n), scored(0, 1)).isReached).toBe(false);
});

test("validators without stake never make a quorum where others have some", () => {
  expect(quorum(roster(0n, 0n, 10n), scored(0, 1))).toMatchObject({ isReached: false, stakeShare: 0 });
});

test("an empty roster never reaches a quorum, and strangers do not count", () => {
  expect(quorum([], scored(0))).toEqual({ isReached: false, validators: 0, required: 1, stakeShare: 0 });
  expect(quorum(roster(1n, 1n), new Set(["x", "y"])).validators).toBe(0);
});

test("one more validator never loses a quorum", () => {
  const stakes = fc.array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(stakes, fc.nat({ max: 255 }), fc.nat({ max: 7 }), (amounts, mask, more) => {
      const present = [...amounts.keys()].filter((index) => (mask >> index) % 2 === 1);
      const before = scored(...present);
      const after = new Set([...before, `v${more}`]);
      const validators = roster(...amounts);
      expect(Number(quorum(validators, after).isReached)).toBeGreaterThanOrEqual(
        Number(quorum(validators, before).isReached),
      );
    }),
  );
});
