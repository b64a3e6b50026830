import { expect, test } from "vitest";
import { dividends } from "./dividends.ts";
import { ONE } from "./fixed.ts";

const half = ONE / 2n;
const bonds = [[[2, half]] as const, [[2, half]] as const, []];
const holders = { incentive: [0n, 0n, ONE], activeStake: [(ONE * 3n) / 4n, ONE / 4n, 0n] };

test("the older path pays by bonds alone, stake being in them", () => {
  const older = { path: "older", previous: [], delta: [], average: bonds, state: bonds } as const;
  expect(dividends(older, holders)).toEqual([half, half, 0n]);
});

test("Yuma3 pays by bonds times stake", () => {
  const yuma3 = {
    path: "yuma3",
    previous: [],
    alphas: null,
    state: bonds,
    average: bonds,
    totals: [half, half, 0n],
  } as const;
  expect(dividends(yuma3, holders)).toEqual([(ONE * 3n) / 4n, ONE / 4n, 0n]);
});

test("bonds in nobody's incentive pay nothing", () => {
  const older = { path: "older", previous: [], delta: [], average: bonds, state: bonds } as const;
  expect(dividends(older, { ...holders, incentive: [ONE, 0n, 0n] })).toEqual([0n, 0n, 0n]);
});
