import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { type BinaryCounts, binaryCounts, binaryMatrix, binaryMcc, binaryMccTerms } from "./binary-mcc.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { multiclassMcc } from "./multiclass-mcc.ts";
import { answersOf, anyAnswers } from "./test/answers.ts";

type Vector = {
  id: string;
  note: string;
  input: { labels: number[]; predictions: number[] } | BinaryCounts;
  expected: Partial<BinaryCounts> & {
    numerator: number;
    denominator_squared: number | string;
    mcc: number;
    mcc_clipped: number;
  };
};

test.each(scoringVectors<Vector>("mcc_binary"))("$id: $note", ({ input, expected }) => {
  const matrix =
    "labels" in input ? confusionMatrix(input.labels, input.predictions, 2) : binaryMatrix(input);
  const { numerator, denominator_squared, mcc, mcc_clipped, ...counts } = expected;
  expect(binaryCounts(matrix)).toMatchObject(counts);
  expect(binaryMccTerms(matrix)).toEqual({
    numerator: BigInt(numerator),
    denominatorSquared: BigInt(denominator_squared),
  });
  expectClose(binaryMcc(matrix).value, mcc);
  expectClose(Math.max(0, binaryMcc(matrix).value), mcc_clipped);
});

test("a constant answer is undefined, chance is a measured 0", () => {
  expect(binaryMcc(binaryMatrix({ tp: 3, tn: 0, fp: 2, fn: 0 }))).toEqual({ status: "undefined", value: 0 });
  expect(binaryMcc(binaryMatrix({ tp: 1, tn: 1, fp: 1, fn: 1 }))).toEqual({ status: "defined", value: 0 });
});

test("all classes above 0 count as positive", () => {
  const matrix = confusionMatrix([0, 1, 2, 2, 0], [0, 2, 1, 0, 1], 3);
  expect(binaryCounts(matrix)).toEqual({ tp: 2, tn: 1, fp: 1, fn: 1 });
});

test("a broken matrix is refused", () => {
  expect(refusalOf(() => binaryMcc({ classes: 2, counts: [1, 1, 1, -1] }))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => binaryMcc({ classes: 3, counts: [1, 1, 1, 1] }))).toBe("CORE_LENGTH_MISMATCH");
});

const count = fc.nat({ max: 1000 });
const anyCounts = fc.record({ tp: count, tn: count, fp: count, fn: count });
const mccOfCounts = (counts: BinaryCounts) => binaryMcc(binaryMatrix(counts)).value;

test("it stays within -1..1, is 1 only for perfect and -1 only for all wrong lists", () => {
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const value = mccOfCounts(counts);
      expect(value).toBeGreaterThanOrEqual(-1);
      expect(value).toBeLessThanOrEqual(1);
      if (value === 1) expect([counts.fp, counts.fn]).toEqual([0, 0]);
      if (value === -1) expect([counts.tp, counts.tn]).toEqual([0, 0]);
    }),
  );
});

test("a wrong answer made right never lowers it: every matrix of up to six answers each way", () => {
  const upTo = [0, 1, 2, 3, 4, 5, 6];
  for (const tp of upTo)
    for (const tn of upTo)
      for (const fp of upTo)
        for (const fn of upTo) {
          const before = mccOfCounts({ tp, tn, fp, fn });
          if (fp > 0)
            expect(mccOfCounts({ tp, tn: tn + 1, fp: fp - 1, fn })).toBeGreaterThanOrEqual(before - 1e-15);
          if (fn > 0)
            expect(mccOfCounts({ tp: tp + 1, tn, fp, fn: fn - 1 })).toBeGreaterThanOrEqual(before - 1e-15);
        }
});

test("answering the opposite turns the sign, swapping the classes changes nothing", () => {
  fc.assert(
    fc.property(anyCounts, ({ tp, tn, fp, fn }) => {
      const value = mccOfCounts({ tp, tn, fp, fn });
      expect(mccOfCounts({ tp: fn, tn: fp, fp: tn, fn: tp })).toBeCloseTo(-value, 14);
      expect(mccOfCounts({ tp: tn, tn: tp, fp: fn, fn: fp })).toBe(value);
    }),
  );
});

test("the order of the answers does not matter", () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      expect(binaryMcc(answersOf(answers.toReversed()))).toEqual(binaryMcc(answersOf(answers)));
    }),
  );
});

test("for two classes it is the multiclass coefficient", () => {
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const matrix = binaryMatrix(counts);
      const [binary, multiclass] = [binaryMcc(matrix), multiclassMcc(matrix)];
      expect(binary.status).toBe(multiclass.status);
      expect(binary.value).toBeCloseTo(multiclass.value, 14);
    }),
  );
});

test("counts beyond exact doubles are as precise as small ones", () => {
  const small = { tp: 95, tn: 88, fp: 12, fn: 5 };
  const scaled = { tp: 95 * 2 ** 40, tn: 88 * 2 ** 40, fp: 12 * 2 ** 40, fn: 5 * 2 ** 40 };
  expect(mccOfCounts(scaled)).toBeCloseTo(mccOfCounts(small), 15);
  expect(mccOfCounts({ tp: 2 ** 50, tn: 2 ** 50, fp: 0, fn: 0 })).toBe(1);
});
