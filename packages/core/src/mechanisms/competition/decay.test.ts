import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { decayedPoints } from "./decay.ts";

const after = (blocks: number, points = 3) =>
  decayedPoints({ points, lostAtBlock: 1000, block: 1000 + blocks, halfLifeBlocks: 360 });

test.each([
  [0, 3_000_000_000n],
  [359, 3_000_000_000n],
  [360, 1_500_000_000n],
  [720, 750_000_000n],
  [9 * 360, 3n * 1_953_125n],
])("after %i blocks %i billionths are left of three points", (blocks, left) => {
  expect(after(blocks)).toBe(left);
});

test("below 0.1 per cent nothing is left", () => {
  expect(after(10 * 360)).toBe(0n);
  expect(after(1_000_000)).toBe(0n);
});

test("points never come back", () => {
  fc.assert(
    fc.property(fc.nat({ max: 5000 }), fc.nat({ max: 5000 }), (blocks, more) => {
      expect(after(blocks + more)).toBeLessThanOrEqual(after(blocks));
    }),
  );
});

test("a loss in the future, half a block and no half-life are refused", () => {
  const loss = { points: 1, lostAtBlock: 10, block: 20, halfLifeBlocks: 5 };
  for (const wrong of [
    { block: 9 },
    { block: 20.5 },
    { halfLifeBlocks: 0 },
    { points: -1 },
    { block: Number.NaN },
  ])
    expect(refusalOf(() => decayedPoints({ ...loss, ...wrong }))).toBe("CORE_OUT_OF_RANGE");
});
