import { expect, test } from "vitest";
import { seededRandom } from "../random/seeded-random.ts";
import { refusalOf } from "../test/refusal.ts";
import { differenceInterval } from "./difference-interval.ts";
import { pairedDifference } from "./paired-difference.ts";

test("z standard errors to either side", () => {
  expect(differenceInterval({ difference: 0.5, error: 0.125 }, 2)).toEqual({ low: 0.25, high: 0.75 });
});

test("a copy on paired seeds has no width", () => {
  expect(differenceInterval({ difference: 0, error: 0 }, 3)).toEqual({ low: 0, high: 0 });
});

test("at z = 1.96 it holds the true difference in about 95 of 100 samples", () => {
  const random = seededRandom("difference interval");
  const run = (rate: number) =>
    Array.from({ length: 200 }, () => ({ success: random.next() < rate, reward: 0, steps: 1 }));
  const holds = Array.from({ length: 1000 }, () => {
    const { low, high } = differenceInterval(pairedDifference(run(0.6), run(0.5), "success-rate"), 1.96);
    return low <= 0.1 && 0.1 <= high;
  }).filter(Boolean).length;
  expect(holds).toBeGreaterThan(930);
  expect(holds).toBeLessThan(970);
});

test.each([
  [{ difference: Number.NaN, error: 0 }, 1],
  [{ difference: Number.POSITIVE_INFINITY, error: 0 }, 1],
  [{ difference: 0, error: -1 }, 1],
  [{ difference: 0, error: Number.MAX_VALUE }, 2],
  [{ difference: 0, error: 1 }, -1],
  [{ difference: 0, error: 1 }, 1001],
])("%j at z = %s is refused", (difference, z) => {
  expect(refusalOf(() => differenceInterval(difference, z))).toBe("CORE_OUT_OF_RANGE");
});
