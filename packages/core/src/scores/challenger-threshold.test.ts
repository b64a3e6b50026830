import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { type ChallengerRules, challengerThreshold, type Reign } from "./challenger-threshold.ts";

type Vector = {
  id: string;
  note: string;
  input: Reign & ChallengerRules;
  expected: { boost: number; k: number; threshold: number };
};

test.each(scoringVectors<Vector>("challenger_threshold_decay"))(
  "$id at $input.epochs epochs",
  ({ input, expected }) => {
    const { boost, rate, threshold } = challengerThreshold(input, input);
    expectClose(boost, expected.boost);
    expectClose(rate, expected.k);
    expectClose(threshold, expected.threshold);
  },
);

test("BitMind's rules hold unless said otherwise, and only ε is left at the horizon", () => {
  const reign = { leader: 0.87, previous: 0.85 };
  expect(challengerThreshold({ ...reign, epochs: 0 }).threshold).toBeCloseTo(0.92, 12);
  expect(challengerThreshold({ ...reign, epochs: 140 }).threshold).toBeCloseTo(0.88, 12);
});

test("a leader below the one before has no boost", () => {
  expect(challengerThreshold({ leader: 0.5, previous: 0.9, epochs: 0 })).toEqual({
    boost: 0,
    rate: 0,
    threshold: 0.51,
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });

test("it never rises with time, never falls below ε above the leader, and is a number", () => {
  fc.assert(
    fc.property(share, share, fc.nat({ max: 1000 }), (leader, previous, epochs) => {
      const now = challengerThreshold({ leader, previous, epochs }).threshold;
      expect(challengerThreshold({ leader, previous, epochs: epochs + 1 }).threshold).toBeLessThanOrEqual(
        now,
      );
      expect(now).toBeGreaterThanOrEqual(leader + 0.01);
    }),
  );
});

test.each([{ leader: 1.5 }, { previous: Number.NaN }, { epochs: -1 }, { epochs: 0.5 }])(
  "a reign with %j is refused",
  (change) => {
    const reign = { leader: 0.5, previous: 0.5, epochs: 0, ...change };
    expect(refusalOf(() => challengerThreshold(reign))).toBe("CORE_OUT_OF_RANGE");
  },
);

test.each([{ epsilon: 0 }, { gain: -1 }, { cap: Number.NaN }, { horizon: 0 }])(
  "rules with %j are refused",
  (change) => {
    const rules = { epsilon: 0.01, gain: 2.5, cap: 0.05, horizon: 140, ...change };
    const reign = { leader: 0.5, previous: 0.5, epochs: 0 };
    expect(refusalOf(() => challengerThreshold(reign, rules))).toBe("CORE_OUT_OF_RANGE");
  },
);
