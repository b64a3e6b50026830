import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { QUICKNET } from "./quicknet.ts";
import { latestRound, roundTimeMs } from "./rounds.ts";

const START_MS = QUICKNET.genesisTime * 1000;

test("round 1 is published at genesis and the next a period later", () => {
  expect([roundTimeMs(QUICKNET, 1), roundTimeMs(QUICKNET, 2)]).toEqual([START_MS, START_MS + 3000]);
});

test("before genesis there is no round", () => {
  expect([latestRound(QUICKNET, START_MS - 1), latestRound(QUICKNET, START_MS)]).toEqual([0, 1]);
  expect(latestRound(QUICKNET, 0)).toBe(0);
});

test("a round is the latest from its time until just before the next", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (round) => {
      const time = roundTimeMs(QUICKNET, round);
      expect([latestRound(QUICKNET, time), latestRound(QUICKNET, time + 2999)]).toEqual([round, round]);
      expect(latestRound(QUICKNET, time - 1)).toBe(round - 1);
    }),
  );
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("%d is no round", (round) => {
  expect(refusalOf(() => roundTimeMs(QUICKNET, round))).toBe("TIMELOCK_OUT_OF_RANGE");
});

test("a time that is no number of milliseconds is refused", () => {
  expect(refusalOf(() => latestRound(QUICKNET, Number.NaN))).toBe("TIMELOCK_OUT_OF_RANGE");
});
