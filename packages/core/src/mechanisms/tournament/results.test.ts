import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../../test/refusal.ts";
import { settleResults, type TournamentResult } from "./results.ts";
import { periodsAt, result } from "./test/tournaments.ts";

const settle = (...results: TournamentResult[]) => settleResults(results, periodsAt());
const first = result("val", "alice");
const correction = (changes: Partial<TournamentResult> = {}) =>
  result("val", "alice", {
    attempt: 2,
    hash: "second",
    replaces: first.hash,
    score: 0.7,
    block: 320,
    ...changes,
  });

test("each validator's result for each entry stands by itself", () => {
  const results = [first, result("val", "bob"), result("other", "alice")];
  expect(settle(...results)).toEqual({ standing: results, equivocations: [], refused: [] });
});

test("a correction that names what it replaces takes its place", () => {
  const third = correction({ attempt: 3, hash: "third", replaces: "second", block: 330 });
  expect(settle(first, correction()).standing).toEqual([correction()]);
  expect(settle(third, first, correction()).standing).toEqual([third]);
});

test("the same content again changes nothing", () => {
  expect(settle(first, { ...first, block: 330 })).toEqual({
    standing: [first],
    equivocations: [],
    refused: [],
  });
});

test("two contents under one attempt are equivocation: the first stays, both are shown", () => {
  const second = { ...first, hash: "other", score: 0.9, block: 311 };
  const { standing, equivocations } = settle(second, first);
  expect(standing).toEqual([first]);
  expect(equivocations).toEqual([{ first, second }]);
});

test("the same second content, received again, is shown once", () => {
  const second = { ...first, hash: "other", block: 311 };
  const third = { ...first, hash: "third", block: 313 };
  expect(settle(first, second, { ...second, block: 312 }, third).equivocations).toEqual([
    { first, second },
    { first, second: third },
  ]);
});

test("equivocation about a corrected attempt, or after the close, is still shown", () => {
  const again = { ...first, hash: "other", block: 399 };
  const late = correction({ hash: "late", block: 450 });
  const { standing, equivocations } = settle(first, correction(), again, late);
  expect(standing).toEqual([correction()]);
  expect(equivocations).toEqual([
    { first, second: again },
    { first: correction(), second: late },
  ]);
});

test.each([
  ["before the evaluation", result("val", "alice", { block: 299 }), "early"],
  ["at the first block of review", result("val", "alice", { block: 400 }), "late"],
  ["as second attempt without a first", correction(), "attempt"],
  ["replacing something that was never there", result("val", "alice", { replaces: "x" }), "replaces"],
] as const)("a first result %s is refused as %s", (_when, wrong, reason) => {
  expect(settle(wrong)).toEqual({ standing: [], equivocations: [], refused: [{ result: wrong, reason }] });
});

test.each([
  ["too late", { block: 400 }, "late"],
  ["that skips an attempt", { attempt: 3 }, "attempt"],
  ["that names another hash", { replaces: "x" }, "replaces"],
  ["that names none", { replaces: null }, "replaces"],
] as const)("a correction %s leaves the first standing", (_name, changes, reason) => {
  const wrong = correction(changes);
  expect(settle(first, wrong)).toMatchObject({ standing: [first], refused: [{ result: wrong, reason }] });
});

test("a result in the last block of the evaluation counts", () => {
  expect(settle(result("val", "alice", { block: 399 })).standing).toHaveLength(1);
});

test("a validator's own failure can be corrected by a score", () => {
  const failure = { ...first, score: null };
  expect(settle(failure, correction()).standing).toEqual([correction()]);
});

test("the order in which results are looked at never matters", () => {
  const some = fc.record({
    attempt: fc.integer({ min: 1, max: 3 }),
    hash: fc.constantFrom("a", "b", "c"),
    replaces: fc.constantFrom(null, "a", "b"),
    block: fc.integer({ min: 295, max: 405 }),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (given, order) => {
      const results = given.map((changes, sequence) => result("val", "alice", { ...changes, sequence }));
      const keys = new Map(results.map((one) => [one, order.next().value ?? 0]));
      const shuffled = results.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
      const settled = settle(...results);
      expect(settle(...shuffled)).toEqual(settled);
      expect(settled.standing.length).toBeLessThanOrEqual(1);
    }),
  );
});

test.each([0, 1.5, Number.NaN])("attempt %d is refused", (attempt) => {
  expect(refusalOf(() => settle({ ...first, attempt }))).toBe("CORE_OUT_OF_RANGE");
});
