import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import type { BlockPace } from "./block-pace.ts";
import { estimateBlock, estimateTime } from "./block-time.ts";

const pace: BlockPace = {
  reference: { block: 1000, timeMs: 0 },
  msPerBlock: 12_000,
  errorMs: 30,
  spreadMs: 1600,
};

type Vector = {
  id: string;
  note: string;
  input: { reference_block: number; reference_unix: number; block: number; seconds_per_block: number };
  expected: { unix: number };
};

test.each(scoringVectors<Vector>("block_to_time"))("$id: $note", ({ input, expected }) => {
  const exact = {
    reference: { block: input.reference_block, timeMs: input.reference_unix * 1000 },
    msPerBlock: input.seconds_per_block * 1000,
    errorMs: 0,
    spreadMs: 0,
  };
  expect(estimateTime(exact, input.block)).toEqual({ timeMs: expected.unix * 1000, uncertaintyMs: 0 });
  expect(estimateBlock(exact, expected.unix * 1000)).toEqual({ block: input.block, uncertaintyBlocks: 0 });
});

test("the observed block is certain, a fortnight ahead is two hours wide", () => {
  expect(estimateTime(pace, 1000)).toEqual({ timeMs: 0, uncertaintyMs: 0 });
  const { timeMs, uncertaintyMs } = estimateTime(pace, 1000 + 100_800);
  expect(timeMs).toBe(100_800 * 12_000);
  expect(uncertaintyMs).toBe(Math.ceil(2 * Math.sqrt((100_800 * 30) ** 2 + 100_800 * 1600 ** 2)));
});

test("the past is estimated like the future", () => {
  expect(estimateTime(pace, 900).timeMs).toBe(-1_200_000);
  expect(estimateTime(pace, 900).uncertaintyMs).toBe(estimateTime(pace, 1100).uncertaintyMs);
});

test("a moment between two blocks belongs to the earlier, and there is no block below 0", () => {
  expect(estimateBlock(pace, 11_999).block).toBe(1000);
  expect(estimateBlock(pace, 12_000).block).toBe(1001);
  expect(estimateBlock(pace, -1).block).toBe(999);
  expect(estimateBlock(pace, -1e12).block).toBe(0);
});

test("later blocks come later and less surely, and the way back finds them", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 6 }), fc.integer({ min: 1, max: 10 ** 6 }), (near, further) => {
      const [a, b] = [estimateTime(pace, 1000 + near), estimateTime(pace, 1000 + near + further)];
      expect(b.timeMs).toBeGreaterThan(a.timeMs);
      expect(b.uncertaintyMs).toBeGreaterThanOrEqual(a.uncertaintyMs);
      expect(estimateBlock(pace, a.timeMs).block).toBe(1000 + near);
    }),
  );
});

test("half a block and no time are refused", () => {
  expect(refusalOf(() => estimateTime(pace, 0.5))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => estimateBlock(pace, Number.NaN))).toBe("CORE_OUT_OF_RANGE");
});
