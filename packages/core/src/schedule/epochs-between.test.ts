import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { isEpochDue } from "./due.ts";
import { epochsBetween } from "./epochs-between.ts";
import type { ScheduleState } from "./state.ts";
import { afterEpochSlot, stepBlock } from "./step.ts";

const state: ScheduleState = {
  tempo: 100,
  lastEpochBlock: 1000,
  pendingEpochAt: 0,
  blocksSinceLastStep: 0,
  subnetEpochIndex: 7,
  lastEpochRunBlock: 1000,
  model: "tempo-limit",
};

test.each([
  [1000, 1100, 0],
  [1000, 1101, 1],
  [1100, 1101, 1],
  [1100, 1400, 3],
  [1101, 1400, 2],
  [1101, 1401, 3],
  [1100, 1100, 0],
])("[%i, %i) holds %i epochs", (from, to, epochs) => {
  expect(epochsBetween(state, { from, to })).toBe(epochs);
});

test("what already ran is not counted", () => {
  expect(epochsBetween(state, { from: 0, to: 1101 })).toBe(1);
});

test("an epoch that was asked for moves all that follow", () => {
  const asked = { ...state, pendingEpochAt: 1030 };
  expect(epochsBetween(asked, { from: 1000, to: 1131 })).toBe(2);
});

test("without tempo nothing runs", () => {
  expect(epochsBetween({ ...state, tempo: 0 }, { from: 0, to: 1e6 })).toBe(0);
});

test("as many epochs as a walk block by block finds", () => {
  const blocks = fc.integer({ min: 1001, max: 2500 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), blocks, blocks, (tempo, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      let now: ScheduleState = { ...state, tempo };
      let found = 0;
      for (let block = 1001; block < to; block += 1) {
        now = stepBlock(now);
        if (!isEpochDue(now, block)) continue;
        now = afterEpochSlot(now, { block, hasRun: true });
        if (block >= from) found += 1;
      }
      expect(epochsBetween({ ...state, tempo }, { from, to })).toBe(found);
    }),
    { numRuns: 50 },
  );
});

test("an interval that runs backwards is refused", () => {
  expect(refusalOf(() => epochsBetween(state, { from: 10, to: 9 }))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => epochsBetween(state, { from: Number.NaN, to: 9 }))).toBe("CORE_OUT_OF_RANGE");
});
