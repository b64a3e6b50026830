import { expect, test } from "vitest";
import { lenientScore } from "./lenient-score.ts";

test.each([
  [null, 0],
  [Number.NaN, 0],
  [Number.POSITIVE_INFINITY, 0],
  [-0.4, 0],
  [0.4, 0.4],
])("the source reads a score of %s as %s", (score, read) => {
  expect(lenientScore(score)).toBe(read);
});
