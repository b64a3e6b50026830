import { expect, test } from "vitest";
import { olderBonds } from "./bonds-older.ts";
import { ONE } from "./fixed.ts";
import { subnet } from "./test/epoch-inputs.ts";
import { at } from "./vector.ts";

test("a first bond is the share of staked weight, stored with the largest at one", () => {
  const weights = [[[2, ONE]] as const, [[2, ONE]] as const, []];
  const activeStake = [(ONE * 3n) / 4n, ONE / 4n, 0n];
  const bonds = olderBonds(subnet(3), { weights, activeStake });
  expect(bonds.delta).toEqual([[[2, (ONE * 3n) / 4n]], [[2, ONE / 4n]], []]);
  expect(bonds.state.map((row) => row[0]?.[1])).toEqual([ONE, 1_431_655_760n, undefined]);
});

test("a validator that stops weighing keeps its bond and loses it slowly", () => {
  const input = subnet(3, { bonds: [[[2, 65_535]], [], []] });
  const bonds = olderBonds(input, { weights: [[], [[2, ONE]], []], activeStake: [ONE / 2n, ONE / 2n, 0n] });
  const [first, second] = bonds.average.map((row) => at([row[0]?.[1] ?? 0n], 0));
  expect(first).toBe(3_865_470_566n);
  expect(second).toBe(429_496_730n);
});
