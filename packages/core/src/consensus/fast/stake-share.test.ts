import { expect, test } from "vitest";
import { stakeShare, UNDECIDED } from "./stake-share.ts";
import { type Dice, diceOf } from "./test/dice.ts";

/** Amounts of any magnitude up to 2^62, half of the parts with a share next to an integer. */
function amounts(dice: Dice): { part: bigint; total: bigint } {
  const bits = dice.between(1, 62);
  const random = () =>
    BigInt(Math.floor(dice.real() * 2 ** 31)) * 2n ** 31n + BigInt(dice.between(0, 2 ** 31 - 1));
  const total = (random() >> BigInt(62 - bits)) + 1n;
  const aimed = (BigInt(dice.between(0, 2 ** 32)) * total) / 2n ** 32n + BigInt(dice.between(-1, 1));
  const part = dice.chance(0.5) ? random() % (total + 1n) : aimed;
  return { part: part < 0n ? 0n : part > total ? total : part, total };
}

test("100,000 shares of totals up to 2^62 are those of BigInt or left to it", () => {
  const dice = diceOf(1);
  const all = Array.from({ length: 100_000 }, () => amounts(dice));
  const shares = all.map(({ part, total }) => stakeShare(Number(part), Number(total)));
  const undecided = shares.filter((share) => share === UNDECIDED).length;
  const isWrong = ({ part, total }: { part: bigint; total: bigint }, k: number) =>
    shares[k] !== UNDECIDED && shares[k] !== Number((part << 32n) / total);
  expect(all.filter(isWrong)).toEqual([]);
  // Aimed at the edges of shares of large totals, which doubles cannot tell apart.
  expect(undecided).toBeGreaterThan(1_000);
});

test("a total below 2^52 is always decided, and nothing is a share of nothing", () => {
  expect(stakeShare(2 ** 50, 2 ** 51)).toBe(2 ** 31);
  expect(stakeShare(1, 2 ** 52 - 1)).toBe(0);
  expect(stakeShare(0, 2 ** 60)).toBe(0);
});
