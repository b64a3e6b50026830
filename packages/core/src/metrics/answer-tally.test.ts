import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { type Answer, invalidShare, mergeTallies, tallyAnswers } from "./answer-tally.ts";
import { emptyMatrix } from "./confusion-matrix.ts";

const anyWindow: fc.Arbitrary<Answer[]> = fc.array(
  fc.record({
    label: fc.integer({ min: 0, max: 2 }),
    prediction: fc.option(fc.integer({ min: 0, max: 2 })),
  }),
);

test("valid answers fill the matrix, invalid ones are counted beside it", () => {
  const window = [
    { label: 0, prediction: 0 },
    { label: 2, prediction: null },
    { label: 1, prediction: 2 },
  ];
  expect(tallyAnswers(window, 3)).toEqual({
    matrix: { classes: 3, counts: [1, 0, 0, 0, 0, 1, 0, 0, 0] },
    invalid: 1,
  });
});

test("an empty window is an empty matrix", () => {
  expect(tallyAnswers([], 3)).toEqual({ matrix: emptyMatrix(3), invalid: 0 });
});

test("a class that does not exist is refused", () => {
  expect(refusalOf(() => tallyAnswers([{ label: 0, prediction: 3 }], 3))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => tallyAnswers([{ label: 0, prediction: Number.NaN }], 3))).toBe("CORE_OUT_OF_RANGE");
});

test("two tallies add up to that of both windows", () => {
  fc.assert(
    fc.property(anyWindow, anyWindow, (a, b) => {
      expect(mergeTallies(tallyAnswers(a, 3), tallyAnswers(b, 3))).toEqual(tallyAnswers([...a, ...b], 3));
    }),
  );
});

test.each([
  [0, 0, 0],
  [0, 5, 0],
  [5, 0, 1],
  [2, 6, 0.25],
])("%i invalid beside %i valid are a share of %s", (invalid, answers, share) => {
  expect(invalidShare(invalid, answers)).toBe(share);
});

test("a count that is none is refused", () => {
  expect(refusalOf(() => invalidShare(-1, 5))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => invalidShare(0.5, 5))).toBe("CORE_OUT_OF_RANGE");
});
