import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import {
  assertMatrix,
  type ConfusionMatrix,
  confusionMatrix,
  emptyMatrix,
  mergeMatrices,
  withAnswer,
} from "./confusion-matrix.ts";
import { answersOf, anyAnswers } from "./test/answers.ts";

test("rows are true classes, columns what was answered", () => {
  expect(confusionMatrix([0, 1, 1, 2], [0, 2, 2, 1], 3)).toEqual({
    classes: 3,
    counts: [1, 0, 0, 0, 0, 2, 0, 1, 0],
  });
});

test("no answers make a matrix of zeros", () => {
  expect(confusionMatrix([], [], 2)).toEqual(emptyMatrix(2));
  expect(emptyMatrix(2).counts).toEqual([0, 0, 0, 0]);
});

test("bytes and plain numbers count the same, whatever the offset", () => {
  const bytes = Uint8Array.from([9, 0, 1, 2]).subarray(1);
  expect(confusionMatrix(bytes, bytes, 3)).toEqual(confusionMatrix([0, 1, 2], [0, 1, 2], 3));
});

test.each([[[3]], [[-1]], [[0.5]], [[Number.NaN]], [[256]], [[Number.POSITIVE_INFINITY]]])(
  "a class %j of three is refused as label and as prediction",
  (broken) => {
    expect(refusalOf(() => confusionMatrix(broken, [0], 3))).toBe("CORE_OUT_OF_RANGE");
    expect(refusalOf(() => confusionMatrix([0], broken, 3))).toBe("CORE_OUT_OF_RANGE");
  },
);

test("a byte beyond the classes is refused too, also where it would hit another cell", () => {
  expect(refusalOf(() => confusionMatrix(Uint8Array.of(0), Uint8Array.of(3), 3))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => confusionMatrix(Uint8Array.of(255), Uint8Array.of(0), 3))).toBe("CORE_OUT_OF_RANGE");
});

test("lists of different length and a senseless number of classes are refused", () => {
  expect(refusalOf(() => confusionMatrix([0, 1], [0], 3))).toBe("CORE_LENGTH_MISMATCH");
  expect(refusalOf(() => confusionMatrix([], [], 1))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => emptyMatrix(257))).toBe("CORE_OUT_OF_RANGE");
});

test("the matrix of two lists together is the sum of theirs, in either order", () => {
  fc.assert(
    fc.property(anyAnswers, anyAnswers, (a, b) => {
      const both = mergeMatrices(answersOf(a), answersOf(b));
      expect(both).toEqual(answersOf([...a, ...b]));
      expect(mergeMatrices(answersOf(b), answersOf(a))).toEqual(both);
    }),
  );
});

test("matrices of different classes do not add up", () => {
  expect(refusalOf(() => mergeMatrices(emptyMatrix(2), emptyMatrix(3)))).toBe("CORE_LENGTH_MISMATCH");
});

test("answers added one by one and taken away again count as if the rest had come alone", () => {
  fc.assert(
    fc.property(anyAnswers, anyAnswers, (kept, left) => {
      const add = (matrix: ConfusionMatrix, answer: (typeof kept)[number]) => withAnswer(matrix, answer);
      const full = [...left, ...kept].reduce(add, emptyMatrix(3));
      expect(full).toEqual(answersOf([...left, ...kept]));
      expect(left.reduce((matrix, answer) => withAnswer(matrix, answer, -1), full)).toEqual(answersOf(kept));
    }),
  );
});

test("an answer that is not there cannot be taken away, one of no class not be added", () => {
  const none = emptyMatrix(3);
  expect(refusalOf(() => withAnswer(none, { label: 1, prediction: 1 }, -1))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => withAnswer(none, { label: 3, prediction: 0 }))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => withAnswer(none, { label: 0, prediction: 0.5 }))).toBe("CORE_OUT_OF_RANGE");
});

test.each([
  [{ classes: 2, counts: [1, 2, 3] }, "CORE_LENGTH_MISMATCH"],
  [{ classes: 2, counts: [1, 2, 3, -1] }, "CORE_OUT_OF_RANGE"],
  [{ classes: 2, counts: [1, 2, 3, Number.NaN] }, "CORE_OUT_OF_RANGE"],
  [{ classes: 2, counts: [1, 2, 3, 4] }, undefined],
])("the stored matrix %j is checked", (matrix, code) => {
  expect(refusalOf(() => assertMatrix(matrix))).toBe(code);
});
