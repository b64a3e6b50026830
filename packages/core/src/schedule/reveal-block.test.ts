import fc from "fast-check";
import { expect, test } from "vitest";
import { read } from "../consensus/test/chain-vectors.ts";
import { refusalOf } from "../test/refusal.ts";
import { lookAheadEpoch, nextEpochStart } from "./due.ts";
import { type CommitTiming, firstRevealBlock } from "./reveal-block.ts";
import type { ScheduleModel, ScheduleState } from "./state.ts";

type Reveal = {
  model: "drand-v2" | "tempo-drift";
  name: string;
  state: Omit<ScheduleState, "model" | "lastEpochRunBlock"> & { currentBlock: number };
  period: number;
  block: number;
  tempoDriftGivesTheSame?: boolean;
};

function revealOf({ state, period }: Reveal, model: ScheduleModel): number {
  const { currentBlock, ...schedule } = state;
  const timing = { headBlock: currentBlock, revealPeriodEpochs: period };
  return firstRevealBlock({ ...schedule, lastEpochRunBlock: 0, model }, timing);
}

const reveals = read<{ firstRevealBlock: Reveal[] }>("schedule.json").firstRevealBlock;

test.each(reveals)("a commit is revealed at block $block: $model, $name", (vector) => {
  const model = vector.model === "drand-v2" ? "fixed-limit" : "tempo-limit";
  expect(revealOf(vector, model)).toBe(vector.block);
});

test.each(reveals.filter(({ tempoDriftGivesTheSame }) => tempoDriftGivesTheSame))(
  "the limit by tempo reveals at the same block: $name",
  (vector) => {
    expect(revealOf(vector, "tempo-limit")).toBe(vector.block);
  },
);

/** A schedule in step, `sinceEpoch` blocks into its epoch at block 10,000. */
const HEAD = 10_000;
const inStep = (tempo: number, sinceEpoch: number): ScheduleState => ({
  tempo,
  lastEpochBlock: HEAD - sinceEpoch,
  pendingEpochAt: 0,
  blocksSinceLastStep: sinceEpoch,
  subnetEpochIndex: 7,
  lastEpochRunBlock: HEAD - sinceEpoch,
  model: "tempo-limit",
});
const schedules = fc.integer({ min: 2, max: 80 }).chain((tempo) =>
  fc.record({
    tempo: fc.constant(tempo),
    sinceEpoch: fc.nat({ max: tempo - 1 }),
    period: fc.integer({ min: 1, max: 6 }),
  }),
);

test("in step, a commit is revealed when as many epochs as the period have begun after its own", () => {
  fc.assert(
    fc.property(schedules, ({ tempo, sinceEpoch, period }) => {
      const state = inStep(tempo, sinceEpoch);
      const isOnFire = lookAheadEpoch(state, HEAD + 1) > state.subnetEpochIndex;
      const begun = (nextEpochStart(state) ?? 0) + (isOnFire ? tempo : 0);
      const block = firstRevealBlock(state, { headBlock: HEAD, revealPeriodEpochs: period });
      expect(block).toBe(begun + (period - 1) * tempo);
    }),
  );
});

test("the longest period at a long tempo still has an answer", () => {
  const state = inStep(7200, 10);
  const timing = { headBlock: HEAD, revealPeriodEpochs: 100 };
  expect(firstRevealBlock(state, timing)).toBe(HEAD - 10 + 100 * 7200);
});

test.each<[string, Partial<ScheduleState>, Partial<CommitTiming>]>([
  ["a subnet without epochs", { tempo: 0 }, {}],
  ["a period of nothing", {}, { revealPeriodEpochs: 0 }],
  ["a period longer than the chain allows", {}, { revealPeriodEpochs: 101 }],
  ["a head that is no height", {}, { headBlock: -1 }],
  ["a tempo that is no number", { tempo: Number.NaN }, {}],
])("%s is refused", (_name, schedule, timing) => {
  const whole = { headBlock: HEAD, revealPeriodEpochs: 1, ...timing };
  expect(refusalOf(() => firstRevealBlock({ ...inStep(40, 3), ...schedule }, whole))).toBe(
    "CORE_OUT_OF_RANGE",
  );
});

test("a schedule whose epochs pass over the one waited for is refused, not searched for ever", () => {
  const fromTheFuture = { ...inStep(1, 0), lastEpochBlock: HEAD + 2 };
  const timing = { headBlock: HEAD, revealPeriodEpochs: 1 };
  expect(() => firstRevealBlock(fromTheFuture, timing)).toThrow("reaches 8 by block 110800");
});
