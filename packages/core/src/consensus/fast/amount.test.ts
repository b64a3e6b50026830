import { expect, test } from "vitest";
import { amounts } from "../emission.ts";
import { amountOf, emissionOf } from "./amount.ts";
import { diceOf } from "./test/dice.ts";
import { operand } from "./test/operands.ts";

const ONE = 2 ** 32;

function paid(shares: readonly number[], rao: bigint): bigint[] {
  const emission = emissionOf(rao);
  return shares.map((share) => amountOf(share, emission));
}

test("100,000 amounts of emissions of any size are those of the reference", () => {
  const dice = diceOf(1);
  for (let k = 0; k < 1_000; k += 1) {
    const shares = Array.from({ length: 100 }, () => operand(dice, ONE));
    const rao = BigInt(operand(dice, 2 ** 53 - 1)) << dice.oneOf([0n, 0n, 11n]);
    expect(paid(shares, rao)).toEqual(amounts(shares.map(BigInt), rao));
  }
});

test("both sides of the limit of exact doubles pay to the last rao", () => {
  const shares = [0, 1, ONE - 1, ONE];
  for (const rao of [0n, 1n, (1n << 53n) - 1n, 1n << 53n, (1n << 64n) - 1n])
    expect(paid(shares, rao)).toEqual(amounts(shares.map(BigInt), rao));
});
