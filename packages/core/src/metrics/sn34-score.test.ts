import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { type BinaryCounts, binaryMatrix, binaryMcc } from "./binary-mcc.ts";
import { sn34Score } from "./sn34-score.ts";

type Vector = {
  id: string;
  note: string;
  input: BinaryCounts & { brier: number; alpha: number; beta: number };
  expected: { mcc: number; mcc_norm: number; brier_norm: number; sn34_score: number };
};

test.each(scoringVectors<Vector>("sn34_score"))("$id: $note", ({ input, expected }) => {
  const { brier, alpha, beta, ...counts } = input;
  const mcc = binaryMcc(binaryMatrix(counts)).value;
  const score = sn34Score({ mcc, brier }, { alpha, beta, brierBaseline: 0.25 });
  expectClose(mcc, expected.mcc);
  expectClose(score.mccPart, expected.mcc_norm);
  expectClose(score.brierPart, expected.brier_norm);
  expectClose(score.score, expected.sn34_score);
});

test("the binary rules hold unless said otherwise", () => {
  expect(sn34Score({ mcc: 0.5, brier: 0.1 })).toEqual(
    sn34Score({ mcc: 0.5, brier: 0.1 }, { alpha: 1.2, beta: 1.8, brierBaseline: 0.25 }),
  );
});

test("three classes measure calibration against 2/3", () => {
  const rules = { alpha: 1.2, beta: 1.8, brierBaseline: 2 / 3 };
  expect(sn34Score({ mcc: 1, brier: 0.3 }, rules).brierPart).toBeCloseTo(0.55 ** 1.8, 14);
});

const anyMcc = fc.double({ min: -1, max: 1, noNaN: true });
const anyBrier = fc.double({ min: 0, max: 2, noNaN: true });

test("more skill or better calibration never lowers it, and it stays in 1e-6..1", () => {
  fc.assert(
    fc.property(anyMcc, anyMcc, anyBrier, anyBrier, (m, n, a, b) => {
      const worse = sn34Score({ mcc: Math.min(m, n), brier: Math.max(a, b) }).score;
      const better = sn34Score({ mcc: Math.max(m, n), brier: Math.min(a, b) }).score;
      expect(better).toBeGreaterThanOrEqual(worse);
      expect(worse).toBeGreaterThanOrEqual(1e-6);
      expect(better).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([
  { mcc: 1.1, brier: 0 },
  { mcc: Number.NaN, brier: 0 },
  { mcc: 0, brier: -0.1 },
  { mcc: 0, brier: Number.POSITIVE_INFINITY },
])("%j is refused", (input) => {
  expect(refusalOf(() => sn34Score(input))).toBe("CORE_OUT_OF_RANGE");
});

test.each([{ alpha: 0 }, { beta: Number.NaN }, { brierBaseline: 0 }])(
  "rules with %j are refused",
  (change) => {
    const rules = { alpha: 1.2, beta: 1.8, brierBaseline: 0.25, ...change };
    expect(refusalOf(() => sn34Score({ mcc: 0, brier: 0 }, rules))).toBe("CORE_OUT_OF_RANGE");
  },
);
