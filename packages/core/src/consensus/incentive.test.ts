import fc from "fast-check";
import { expect, test } from "vitest";
import { type Fixed, ONE } from "./fixed.ts";
import { incentive } from "./incentive.ts";
import type { SparseRow } from "./types.ts";
import { sum } from "./vector.ts";

test("splits by stake when validators disagree", () => {
  const clipped = [[[2, ONE]], [[3, ONE]], [], []] as const;
  expect(incentive(clipped, [(ONE * 3n) / 4n, ONE / 4n, 0n, 0n])).toEqual([
    0n,
    0n,
    (ONE * 3n) / 4n,
    ONE / 4n,
  ]);
});

test("scales up when clipping removed weight", () => {
  const clipped = [[[1, ONE / 4n]], []] as const;
  expect(incentive(clipped, [ONE, 0n])).toEqual([0n, ONE]);
});

test("is zero when no weight survived", () => {
  expect(incentive([[], []], [ONE, 0n])).toEqual([0n, 0n]);
});

test("sums to one for any weight with stake behind it", () => {
  const weight = fc.bigInt({ min: 1n, max: ONE });
  const row = fc.uniqueArray(fc.tuple(fc.nat({ max: 3 }), weight), {
    selector: ([uid]) => uid,
    minLength: 1,
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), (clipped: SparseRow<Fixed>[]) => {
      const total = sum(incentive(clipped, [ONE / 4n, ONE / 4n, ONE / 4n, ONE / 4n]));
      expect([0n, ONE, ONE - 1n, ONE - 2n, ONE - 3n]).toContain(total);
    }),
  );
});
