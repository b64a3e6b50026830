import fc from "fast-check";
import { type ConfusionMatrix, confusionMatrix, type Labelled } from "../confusion-matrix.ts";

const anyClass = fc.integer({ min: 0, max: 2 });

/** Lists of three-class answers. */
export const anyAnswers: fc.Arbitrary<Labelled[]> = fc.array(
  fc.record({ label: anyClass, prediction: anyClass }),
  { maxLength: 40, size: "max" },
);

/** The matrix of a list of three-class answers. */
export function answersOf(answers: readonly Labelled[]): ConfusionMatrix {
  return confusionMatrix(
    answers.map(({ label }) => label),
    answers.map(({ prediction }) => prediction),
    3,
  );
}
