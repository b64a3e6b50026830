import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { tlock } from "../test/vectors.ts";
import { QUICKNET } from "./quicknet.ts";
import { PULSE_MARGIN_BLOCKS, type RevealTiming, revealRound } from "./reveal-round.ts";
import { roundTimeMs } from "./rounds.ts";

const { firstRevealBlock, revealRound: rounds } = tlock.schedule;

test.each(rounds)(
  "the reference's round for $case is $round",
  ({ case: name, nowUnix, blockTime, round }) => {
    const reveal = firstRevealBlock.find((candidate) => candidate.name === name);
    const timing = {
      beacon: QUICKNET,
      headBlock: reveal?.state.currentBlock ?? 0,
      headTimeMs: nowUnix * 1000,
      blockMs: blockTime * 1000,
      revealBlock: reveal?.block ?? 0,
    };
    expect(revealRound(timing)).toBe(round);
  },
);

const timing: RevealTiming = {
  beacon: QUICKNET,
  headBlock: 100,
  headTimeMs: 1_800_000_000_000,
  blockMs: 12_000,
  revealBlock: 460,
};

test("the round is published at most two periods before the margin ends, never after", () => {
  const heads = fc.record({
    headBlock: fc.nat({ max: 1e8 }),
    headTimeMs: fc.integer({ min: QUICKNET.genesisTime * 1000, max: 4e12 }),
    blockMs: fc.constantFrom(250, 12_000),
    ahead: fc.integer({ min: 1, max: 1e6 }),
  });
  fc.assert(
    fc.property(heads, ({ ahead, ...head }) => {
      const round = revealRound({ ...head, beacon: QUICKNET, revealBlock: head.headBlock + ahead });
      const end = head.headTimeMs + (ahead + PULSE_MARGIN_BLOCKS) * head.blockMs;
      const early = end - roundTimeMs(QUICKNET, round);
      if (round > 1) expect(early).toBeGreaterThanOrEqual(3000);
      expect(early).toBeLessThan(6000);
    }),
  );
});

test("fractions of a second count: the head's milliseconds decide between two rounds", () => {
  const at = (headTimeMs: number) => revealRound({ ...timing, headTimeMs });
  expect(at(1_800_000_000_999) - at(1_800_000_000_000)).toBe(0);
  expect(at(1_800_000_003_000) - at(1_800_000_002_999)).toBe(1);
});

test("before the beacon began it is round 1", () => {
  expect(revealRound({ ...timing, headTimeMs: 0 })).toBe(1);
});

test.each<[string, Partial<RevealTiming>]>([
  ["a reveal block that is the head", { revealBlock: 100 }],
  ["a reveal block in the past", { revealBlock: 42 }],
  ["no length of a block", { blockMs: 0 }],
  ["a time that is no number", { headTimeMs: Number.NaN }],
  ["a height with a fraction", { headBlock: 1.5 }],
])("%s is refused", (_name, change) => {
  expect(refusalOf(() => revealRound({ ...timing, ...change }))).toBe("TIMELOCK_OUT_OF_RANGE");
});
