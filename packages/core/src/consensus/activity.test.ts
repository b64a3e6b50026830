import { expect, test } from "vitest";
import { activeMask, activityCutoffBlocks } from "./activity.ts";

test("the default factor is a little under fourteen tempos", () => {
  expect(activityCutoffBlocks({ factorMilli: 13_889, tempo: 360 })).toBe(5_000);
  expect(activityCutoffBlocks({ factorMilli: 1_000, tempo: 99 })).toBe(99);
});

test("the cutoff is floored, but at least one block", () => {
  expect(activityCutoffBlocks({ factorMilli: 1_500, tempo: 3 })).toBe(4);
  expect(activityCutoffBlocks({ factorMilli: 1_000, tempo: 0 })).toBe(1);
});

test("an update is still active exactly at the cutoff", () => {
  expect(activeMask({ block: 110, activityCutoffBlocks: 10, lastUpdate: [99, 100, 101] })).toEqual([
    false,
    true,
    true,
  ]);
});
