import { expect, test } from "vitest";
import { activeMaskErrors, activeStake } from "./active-stake.ts";
import { ONE } from "./fixed.ts";

const thirds = [ONE / 4n, ONE / 4n, ONE / 2n];
const all = [true, true, true];

test("inactive and unpermitted stake falls to the others", () => {
  expect(activeStake(thirds, { active: [true, false, true], permits: all })).toEqual([
    1_431_655_765n,
    0n,
    2_863_311_530n,
  ]);
  expect(activeStake(thirds, { active: all, permits: [false, false, true] })).toEqual([0n, 0n, ONE]);
});

test("is all zero when nobody is both active and permitted", () => {
  expect(activeStake(thirds, { active: [true, false, false], permits: [false, true, true] })).toEqual([
    0n,
    0n,
    0n,
  ]);
});

test("a mask that is too short hides the rest, one too long is cut, an empty one hides nobody", () => {
  expect(activeStake(thirds, { active: [true], permits: all })).toEqual([ONE, 0n, 0n]);
  expect(activeStake(thirds, { active: [true, true, true, false], permits: all })).toEqual(thirds);
  expect(activeStake(thirds, { active: [], permits: all })).toEqual(thirds);
});

test("a mask of another length is reported, as the chain logs it", () => {
  expect(activeMaskErrors([true, true], 2)).toEqual([]);
  expect(activeMaskErrors([true, true, true], 1)).toEqual([
    "ERROR math error: inplace_mask_vector input lengths are not equal: 3 != 1",
  ]);
});
