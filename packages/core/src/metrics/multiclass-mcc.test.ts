import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { binaryMcc } from "./binary-mcc.ts";
import { type ConfusionMatrix, confusionMatrix, emptyMatrix } from "./confusion-matrix.ts";
import { marginals, multiclassMcc, multiclassMccTerms } from "./multiclass-mcc.ts";
import { answersOf, anyAnswers } from "./test/answers.ts";

type Vector = {
  id: string;
  note: string;
  input: { num_classes: number; labels: number[]; predictions: number[] };
  expected: {
    samples: number;
    correct: number;
    true_counts: number[];
    pred_counts: number[];
    numerator: number;
    denominator_squared: number | string;
    mcc: number;
    mcc_clipped: number;
    binary_mcc_of_collapsed: number;
  };
};

test.each(scoringVectors<Vector>("mcc_multiclass"))("$id: $note", ({ input, expected }) => {
  const matrix = confusionMatrix(input.labels, input.predictions, input.num_classes);
  expect(marginals(matrix)).toEqual({
    answers: expected.samples,
    correct: expected.correct,
    labels: expected.true_counts,
    predictions: expected.pred_counts,
  });
  expect(multiclassMccTerms(matrix)).toEqual({
    numerator: BigInt(expected.numerator),
    denominatorSquared: BigInt(expected.denominator_squared),
  });
  expectClose(multiclassMcc(matrix).value, expected.mcc);
  expectClose(Math.max(0, multiclassMcc(matrix).value), expected.mcc_clipped);
  expectClose(binaryMcc(matrix).value, expected.binary_mcc_of_collapsed);
});

/** The coefficient as the covariance of one-hot vectors, computed the long way. */
function byCovariance({ classes, counts }: ConfusionMatrix): number {
  const total = counts.reduce((a, b) => a + b, 0);
  const ids = Array.from({ length: classes }, (_, k) => k);
  const cell = (t: number, p: number) => counts[t * classes + p]!;
  const t = ids.map((k) => ids.reduce((sum, p) => sum + cell(k, p), 0) / total);
  const p = ids.map((k) => ids.reduce((sum, label) => sum + cell(label, k), 0) / total);
  const cov = (joint: (k: number) => number, a: number[], b: number[]) =>
    ids.reduce((sum, k) => sum + joint(k) - a[k]! * b[k]!, 0);
  const across = cov((k) => cell(k, k) / total, t, p);
  return across / Math.sqrt(cov((k) => t[k]!, t, t) * cov((k) => p[k]!, p, p));
}

test("it is the correlation of the one-hot vectors", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 99 }), { minLength: 16, maxLength: 16 }), (counts) => {
      const matrix = { classes: 4, counts };
      const result = multiclassMcc(matrix);
      if (result.status === "defined") expect(result.value).toBeCloseTo(byCovariance(matrix), 9);
    }),
  );
});

test("naming the classes differently changes nothing", () => {
  fc.assert(
    fc.property(anyAnswers, fc.constantFrom([0, 2, 1], [1, 0, 2], [2, 0, 1]), (answers, names) => {
      const renamed = answers.map(({ label, prediction }) => ({
        label: names[label]!,
        prediction: names[prediction]!,
      }));
      expect(multiclassMcc(answersOf(renamed))).toEqual(multiclassMcc(answersOf(answers)));
    }),
  );
});

test("it stays within -1..1 and is 1 only if all are right", () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const { value } = multiclassMcc(answersOf(answers));
      expect(Math.abs(value)).toBeLessThanOrEqual(1);
      if (value === 1) expect(answers.every(({ label, prediction }) => label === prediction)).toBe(true);
    }),
  );
});

test("swapping truth and answers changes nothing", () => {
  fc.assert(
    fc.property(anyAnswers, (answers) => {
      const swapped = answers.map(({ label, prediction }) => ({ label: prediction, prediction: label }));
      expect(multiclassMcc(answersOf(swapped)).value).toBe(multiclassMcc(answersOf(answers)).value);
    }),
  );
});

test("two errors of class in a circle give -0.5, no answers are undefined", () => {
  expect(multiclassMcc(confusionMatrix([0, 1, 2], [1, 2, 0], 3)).value).toBe(-0.5);
  expect(multiclassMcc(emptyMatrix(3))).toEqual({ status: "undefined", value: 0 });
});

test("one more right answer can lower it where one class rules the truth and another the answers", () => {
  const before = { classes: 3, counts: [2, 96, 0, 0, 1, 0, 0, 0, 1] };
  const after = { classes: 3, counts: [3, 95, 0, 0, 1, 0, 0, 0, 1] };
  expect(multiclassMcc(after).value).toBeLessThan(multiclassMcc(before).value);
});

test("counts beyond exact doubles are as precise as small ones", () => {
  const small = { classes: 3, counts: [3, 1, 1, 1, 2, 0, 0, 1, 1] };
  const large = { classes: 3, counts: small.counts.map((count) => count * 2 ** 40) };
  expect(multiclassMcc(large).value).toBeCloseTo(multiclassMcc(small).value, 15);
  expect(multiclassMcc({ classes: 3, counts: [2 ** 49, 0, 0, 0, 2 ** 49, 0, 0, 0, 2 ** 49] }).value).toBe(1);
});

test("beyond exact doubles nothing cancels: one rare class among 2^45 answers", () => {
  const rare = { classes: 2, counts: [2 ** 45, 1, 1, 1] };
  expect(multiclassMcc(rare).value).toBeCloseTo(0.5, 12);
  expect(multiclassMcc(rare).value).toBeCloseTo(binaryMcc(rare).value, 15);
});

test("a broken matrix is refused", () => {
  expect(refusalOf(() => multiclassMcc({ classes: 2, counts: [1, 1, 1, 0.5] }))).toBe("CORE_OUT_OF_RANGE");
});
