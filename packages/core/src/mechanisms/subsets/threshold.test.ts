import fc from "fast-check";
import { expect, test } from "vitest";
import { environmentThreshold } from "./threshold.ts";

const record = (p: number, episodes: number) => ({ successes: p * episodes, episodes });

test.each([
  [0.5, 50, 0.6, 0.6],
  [0.5, 100, 0.575, 0.575],
  [0.5, 500, 0.5335, 0.5335],
  [0.8, 50, 0.8849, 0.8849],
  [0.9, 100, 0.945, 0.945],
  [0.94, 100, 0.9756, 0.97],
])("p = %d over %i episodes takes more than %d in the source, %d here", (p, episodes, source, assay) => {
  expect(environmentThreshold("source", record(p, episodes))).toBeCloseTo(source, 4);
  expect(environmentThreshold("assay", record(p, episodes))).toBeCloseTo(assay, 4);
});

test("near the ceiling the source cannot be beaten, half the way is left otherwise", () => {
  expect(environmentThreshold("source", record(0.96, 50))).toBe(1);
  expect(environmentThreshold("source", record(0.98, 10_000))).toBe(1);
  expect(environmentThreshold("assay", record(0.96, 50))).toBeCloseTo(0.98, 12);
  expect(environmentThreshold("assay", record(0.99, 10_000))).toBeCloseTo(0.995, 12);
  expect(environmentThreshold("assay", record(1, 50))).toBe(1);
});

test("certainty still asks for two points, and no evidence for ten", () => {
  expect(environmentThreshold("assay", record(0.5, 1_000_000))).toBeCloseTo(0.52, 12);
  expect(environmentThreshold("assay", { successes: 0, episodes: 0 })).toBe(0.1);
});

test("more successes never make an agent easier to beat, and T stays in range", () => {
  const records = fc
    .integer({ min: 1, max: 2000 })
    .chain((episodes) =>
      fc.record({ episodes: fc.constant(episodes), successes: fc.nat({ max: episodes - 1 }) }),
    );
  fc.assert(
    fc.property(records, ({ successes, episodes }) => {
      const before = environmentThreshold("assay", { successes, episodes });
      const after = environmentThreshold("assay", { successes: successes + 1, episodes });
      expect(after).toBeGreaterThanOrEqual(before);
      expect(before).toBeGreaterThan(successes / episodes);
      expect(before).toBeLessThan(1);
      expect(before).toBeGreaterThanOrEqual(0.02);
    }),
    { numRuns: 1000 },
  );
});
