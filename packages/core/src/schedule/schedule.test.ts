import fc from "fast-check";
import { expect, test } from "vitest";
import { functionVectors } from "../consensus/test/chain-vectors.ts";
import { isEpochDue, lookAheadEpoch, nextEpochStart } from "./due.ts";
import {
  MAX_TEMPO,
  newSchedule,
  type ScheduleModel,
  type ScheduleState,
  withTempo,
  withTriggeredEpoch,
} from "./state.ts";
import { afterEpochSlot, deferEpoch, planEpochs, stepBlock } from "./step.ts";

const quiet: ScheduleState = {
  tempo: 40,
  lastEpochBlock: 100,
  pendingEpochAt: 0,
  blocksSinceLastStep: 0,
  subnetEpochIndex: 3,
  lastEpochRunBlock: 100,
  model: "tempo-limit",
};

test("an epoch is due a tempo after the last, not a tempo and one", () => {
  expect(isEpochDue(quiet, 139)).toBe(false);
  expect(isEpochDue(quiet, 140)).toBe(true);
});

test("an epoch that was asked for is due from its block on", () => {
  const asked = withTriggeredEpoch(quiet, { block: 105, delayBlocks: 10 });
  expect(isEpochDue(asked, 114)).toBe(false);
  expect(isEpochDue(asked, 115)).toBe(true);
});

test("a subnet without a tempo runs no epochs", () => {
  const still = { ...quiet, tempo: 0, pendingEpochAt: 1, blocksSinceLastStep: 99_999 };
  expect(isEpochDue(still, 1_000_000)).toBe(false);
  expect(nextEpochStart(still)).toBeNull();
});

test("a counter above its limit makes an epoch due at once", () => {
  const limits = { "tempo-limit": 40, "fixed-limit": MAX_TEMPO } as const;
  for (const [model, limit] of Object.entries(limits) as [ScheduleModel, number][]) {
    expect(isEpochDue({ ...quiet, model, blocksSinceLastStep: limit }, 101)).toBe(false);
    expect(isEpochDue({ ...quiet, model, blocksSinceLastStep: limit + 1 }, 101)).toBe(true);
  }
});

type NextStart = {
  last_epoch_block: number;
  tempo: number;
  pending_epoch_at: number;
  expected: number | null;
};
test.each(functionVectors<NextStart>("get_next_epoch_start_block"))(
  "the chain's next start is $expected",
  (vector) => {
    const state = {
      ...quiet,
      tempo: vector.tempo,
      lastEpochBlock: vector.last_epoch_block,
      pendingEpochAt: vector.pending_epoch_at,
    };
    expect(nextEpochStart(state)).toBe(vector.expected);
  },
);

test("a commit is filed one epoch ahead while a slot is due", () => {
  expect(lookAheadEpoch(quiet, 139)).toBe(3);
  expect(lookAheadEpoch(quiet, 140)).toBe(4);
});

test("a new subnet is staggered by its netuid", () => {
  const born = newSchedule({ netuid: 45, tempo: 40, block: 1_000, model: "tempo-limit" });
  expect([born.lastEpochBlock, nextEpochStart(born), born.subnetEpochIndex]).toEqual([995, 1_035, 0]);
  expect(newSchedule({ netuid: 7, tempo: 40, block: 3, model: "tempo-limit" }).lastEpochBlock).toBe(0);
  expect(newSchedule({ netuid: 7, tempo: 0, block: 3, model: "tempo-limit" }).lastEpochBlock).toBe(3);
});

test("a new tempo begins a new epoch", () => {
  expect(nextEpochStart(withTempo(quiet, { tempo: 360, block: 120 }))).toBe(480);
});

test("a real run resets the counters, a skipped slot only uses the slot", () => {
  const waiting = { ...quiet, blocksSinceLastStep: 41, pendingEpochAt: 141 };
  const ran = afterEpochSlot(waiting, { block: 141, hasRun: true });
  expect(ran).toEqual({
    ...quiet,
    lastEpochBlock: 141,
    subnetEpochIndex: 4,
    blocksSinceLastStep: 0,
    lastEpochRunBlock: 141,
  });
  const skipped = afterEpochSlot(waiting, { block: 141, hasRun: false });
  expect(skipped).toEqual({ ...ran, blocksSinceLastStep: 41, lastEpochRunBlock: 100 });
});

test("the counter stops one above the tempo only where the tempo is the limit", () => {
  expect(stepBlock({ ...quiet, blocksSinceLastStep: 41 }).blocksSinceLastStep).toBe(41);
  expect(stepBlock({ ...quiet, blocksSinceLastStep: 41, model: "fixed-limit" }).blocksSinceLastStep).toBe(42);
});

test("more due subnets than a block holds wait for the next", () => {
  const subnets = new Map([
    [1, quiet],
    [2, { ...quiet, lastEpochBlock: 139 }],
    [3, quiet],
    [9, quiet],
  ]);
  expect(planEpochs(subnets, { block: 140, maxEpochsPerBlock: 2 })).toEqual({ run: [1, 3], defer: [9] });
  expect(nextEpochStart(deferEpoch({ ...quiet, lastEpochBlock: 150 }, 140))).toBe(141);
});

/** One block of one subnet, as the chain's coinbase takes it. */
function advance(state: ScheduleState, block: number): ScheduleState {
  const stepped = stepBlock(state);
  return isEpochDue(stepped, block) ? afterEpochSlot(stepped, { block, hasRun: true }) : stepped;
}

test("undisturbed epochs come exactly a tempo apart", () => {
  const models = fc.constantFrom<ScheduleModel>("tempo-limit", "fixed-limit");
  const subnet = fc.record({
    netuid: fc.nat({ max: 200 }),
    tempo: fc.integer({ min: 1, max: 60 }),
    model: models,
  });
  fc.assert(
    fc.property(subnet, (born) => {
      let state = newSchedule({ ...born, block: 1_000 });
      const starts: number[] = [];
      for (let block = 1_001; block <= 1_000 + 5 * born.tempo; block += 1) {
        const next = advance(state, block);
        if (next.subnetEpochIndex > state.subnetEpochIndex) starts.push(block);
        state = next;
      }
      const gaps = starts.slice(1).map((start, k) => start - (starts[k] ?? 0));
      expect(starts.length).toBeGreaterThanOrEqual(5);
      expect(new Set(gaps)).toEqual(new Set([born.tempo]));
    }),
  );
});
