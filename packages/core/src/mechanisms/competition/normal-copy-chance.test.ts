import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { copyChance } from "./copy-chance.ts";
import { normalCopyChance } from "./normal-copy-chance.ts";

test("three standard errors leave 0.00135", () => {
  expect(normalCopyChance({ margin: 3, error: 1, tries: 1 })).toBeCloseTo(0.00135, 5);
  expect(normalCopyChance({ margin: 3, error: 1, tries: 10 })).toBeCloseTo(0.01342, 5);
});

test("without error there is no luck, and a tie does not win", () => {
  expect(normalCopyChance({ margin: 0, error: 0, tries: 5 })).toBe(0);
  expect(normalCopyChance({ margin: 0.1, error: 0, tries: 5 })).toBe(0);
});

test("it comes close to the exact chance of success rates for many episodes", () => {
  const [p, n, m] = [0.7, 10_000, 0.02];
  const exact = copyChance({
    successRate: p,
    episodes: n,
    winMargin: m,
    tries: 1,
    leader: "measured-each-time",
  });
  // Var(X/n − (1 + m)·Y/n), because the bar moves with the leader's figure.
  const error = Math.sqrt((p * (1 - p) * (1 + (1 + m) ** 2)) / n);
  expect(Math.abs(normalCopyChance({ margin: m * p, error, tries: 1 }) - exact)).toBeLessThan(0.001);
});

test.each([{ margin: -1 }, { error: -1 }, { tries: 0 }, { margin: Number.NaN }])(
  "%j is refused",
  (change) => {
    expect(refusalOf(() => normalCopyChance({ margin: 1, error: 1, tries: 1, ...change }))).toBe(
      "CORE_OUT_OF_RANGE",
    );
  },
);
