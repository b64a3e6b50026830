import { expect, test } from "vitest";
import { prop, q16 } from "../fixed.ts";
import { proportionBits, toU16 } from "./proportion.ts";
import { diceOf } from "./test/dice.ts";
import { operand } from "./test/operands.ts";

const PROPORTIONS = Array.from({ length: 65_536 }, (_, v) => v);

test("every u16 has the bits of the reference", () => {
  expect(PROPORTIONS.filter((v) => BigInt(proportionBits(v)) !== prop(v))).toEqual([]);
});

test("the edge of every u16 step rounds as the reference", () => {
  const edges = PROPORTIONS.flatMap((v) => [-1, 0, 1].map((d) => Math.max(0, proportionBits(v) + d)));
  expect(edges.filter((x) => toU16(x) !== q16(BigInt(x)))).toEqual([]);
});

test("100,000 values up to 32 times one round as the reference", () => {
  const dice = diceOf(1);
  const values = Array.from({ length: 100_000 }, () => operand(dice, 2 ** 37));
  expect(values.filter((x) => toU16(x) !== q16(BigInt(x)))).toEqual([]);
});
