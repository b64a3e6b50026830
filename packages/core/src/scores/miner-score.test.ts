import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { afterIdleness, scoreKey } from "./miner-score.ts";

const owner = { hotkey: "5Miner", registeredAtBlock: 100, type: "detector" };

test("hotkey, registration and type each make another key", () => {
  const keys = [
    owner,
    { ...owner, hotkey: "5Other" },
    { ...owner, registeredAtBlock: 101 },
    { ...owner, type: "segmenter" },
  ].map(scoreKey);
  expect(keys[0]).toBe("5Miner/100/detector");
  expect(new Set(keys).size).toBe(4);
});

test.each([{ hotkey: "" }, { hotkey: "a/b" }, { type: "two words" }, { registeredAtBlock: 0.5 }])(
  "an owner with %j is refused",
  (change) => {
    expect(refusalOf(() => scoreKey({ ...owner, ...change }))).toBe("CORE_OUT_OF_RANGE");
  },
);

const halfLife = (block: number) => ({ block, halfLifeBlocks: 7200 });

test.each([
  [1000, 0.8],
  [8199, 0.8],
  [8200, 0.4],
  [15_399, 0.4],
  [15_400, 0.2],
  [999, 0.8],
])("idle since block 1000, 0.8 is worth its part at block %i", (block, score) => {
  expect(afterIdleness({ score: 0.8, idleSinceBlock: 1000 }, halfLife(block)).score).toBe(score);
});

test("without a half-life nothing is lost", () => {
  const state = { score: 0.8, idleSinceBlock: 0 };
  expect(afterIdleness(state, { block: 1_000_000, halfLifeBlocks: null })).toEqual(state);
});

test("looking more often takes off no more", () => {
  const blocks = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(blocks, (looks) => {
      const ascending = looks.toSorted((a, b) => a - b);
      const start = { score: 1, idleSinceBlock: 0 };
      const often = ascending.reduce((state, block) => afterIdleness(state, halfLife(block)), start);
      expect(often).toEqual(afterIdleness(start, halfLife(ascending.at(-1)!)));
    }),
  );
});

test("even a score idle for ever is a number", () => {
  expect(afterIdleness({ score: 1, idleSinceBlock: 0 }, { block: 2 ** 50, halfLifeBlocks: 1 }).score).toBe(0);
});

test.each([
  { block: -1, halfLifeBlocks: 5 },
  { block: 1.5, halfLifeBlocks: 5 },
  { block: 1, halfLifeBlocks: 0 },
])("%j is refused", (idle) => {
  expect(refusalOf(() => afterIdleness({ score: 1, idleSinceBlock: 0 }, idle))).toBe("CORE_OUT_OF_RANGE");
});
