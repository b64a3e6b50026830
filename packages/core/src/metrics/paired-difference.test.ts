import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_REWARD } from "../schema/evaluation.ts";
import { refusalOf } from "../test/refusal.ts";
import { meanWithError } from "./mean.ts";
import { pairedDifference } from "./paired-difference.ts";

const run = (outcomes: readonly (readonly [success: number, reward: number])[]) =>
  outcomes.map(([success, reward]) => ({ success: success === 1, reward, steps: 1 }));
const metrics = ["success-rate", "mean-reward"] as const;
const anyRun = fc.array(
  fc.record({
    success: fc.boolean(),
    reward: fc.double({ min: -MAX_REWARD, max: MAX_REWARD, noNaN: true }),
    steps: fc.nat(),
  }),
  { minLength: 1, maxLength: 50 },
);

test("two seeds won and one lost of four are a quarter ahead", () => {
  const challenger = run([
    [1, 5],
    [1, 5],
    [0, 5],
    [1, 5],
  ]);
  const leader = run([
    [0, 4],
    [0, 6],
    [1, 5],
    [1, 5],
  ]);
  const { difference, error } = pairedDifference(challenger, leader, "success-rate");
  expect(difference).toBe(0.25);
  expect(error).toBeCloseTo(meanWithError([1, 1, -1, 0]).error, 15);
  expect(pairedDifference(challenger, leader, "mean-reward").difference).toBe(0);
});

test("a copy ties exactly: no difference and no error", () => {
  fc.assert(
    fc.property(anyRun, fc.constantFrom(...metrics), (episodes, metric) => {
      expect(pairedDifference(episodes, structuredClone(episodes), metric)).toEqual({
        difference: 0,
        error: 0,
      });
    }),
  );
});

test("swapping the two turns the sign and keeps the error", () => {
  fc.assert(
    fc.property(anyRun, anyRun, fc.constantFrom(...metrics), (a, b, metric) => {
      const n = Math.min(a.length, b.length);
      const there = pairedDifference(a.slice(0, n), b.slice(0, n), metric);
      const back = pairedDifference(b.slice(0, n), a.slice(0, n), metric);
      expect(back.difference === -there.difference).toBe(true);
      expect(back.error).toBe(there.error);
    }),
  );
});

test("pairing removes the luck that both share", () => {
  const hard = Array.from({ length: 100 }, (_, seed) => seed % 2);
  const leader = run(hard.map((luck) => [luck, luck * 10]));
  const challenger = run(hard.map((luck) => [luck, luck * 10 + 1]));
  expect(pairedDifference(challenger, leader, "mean-reward")).toEqual({ difference: 1, error: 0 });
});

test("different numbers of seeds, none, and rewards that are no numbers are refused", () => {
  const two = run([
    [1, 1],
    [0, 0],
  ]);
  expect(refusalOf(() => pairedDifference(two, two.slice(1), "success-rate"))).toBe("CORE_LENGTH_MISMATCH");
  expect(refusalOf(() => pairedDifference([], [], "success-rate"))).toBe("CORE_EMPTY");
  const broken = run([
    [1, 1],
    [0, Number.NaN],
  ]);
  expect(refusalOf(() => pairedDifference(broken, two, "success-rate"))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => pairedDifference(two, broken, "mean-reward"))).toBe("CORE_OUT_OF_RANGE");
});
