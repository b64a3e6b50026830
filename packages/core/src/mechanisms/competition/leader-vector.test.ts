import fc from "fast-check";
import { expect, test } from "vitest";
import { PPB } from "../../schema/primitives.ts";
import type { WeightVector } from "../../schema/snapshot.ts";
import { refusalOf } from "../../test/refusal.ts";
import { competitionVector, type LedCompetition } from "./leader-vector.ts";

const led = (id: string, points: number, leader: string | null): LedCompetition => ({ id, points, leader });
const redistribute = (...competitions: LedCompetition[]) =>
  competitionVector({ competitions, unled: "redistribute" });
const burn = (...competitions: LedCompetition[]) => competitionVector({ competitions, unled: "burn" });
const total = ({ entries, burn: burnt }: WeightVector) =>
  entries.reduce((sum, { share }) => sum + share, burnt);

test("points weight the competitions", () => {
  expect(redistribute(led("a", 3, "alice"), led("b", 1, "bob"))).toEqual({
    policy: "leaders",
    entries: [
      { hotkey: "alice", share: 750_000_000 },
      { hotkey: "bob", share: 250_000_000 },
    ],
    burn: 0,
  });
});

test("a hotkey that leads several is paid for all", () => {
  const { entries } = redistribute(led("a", 1, "alice"), led("b", 1, "bob"), led("c", 2, "alice"));
  expect(entries).toEqual([
    { hotkey: "alice", share: 750_000_000 },
    { hotkey: "bob", share: 250_000_000 },
  ]);
});

test("a competition without leader leaves its points to the others, or burns them", () => {
  const competitions = [led("a", 1, "alice"), led("b", 3, null)];
  expect(redistribute(...competitions)).toEqual({
    policy: "leaders",
    entries: [{ hotkey: "alice", share: PPB }],
    burn: 0,
  });
  expect(burn(...competitions)).toEqual({
    policy: "leaders",
    entries: [{ hotkey: "alice", share: 250_000_000 }],
    burn: 750_000_000,
  });
});

test.each(["redistribute", "burn"] as const)(
  "with %s, nobody leading burns everything explicitly",
  (unled) => {
    const nobody = { policy: "burn", entries: [], burn: PPB };
    expect(competitionVector({ competitions: [led("a", 1, null)], unled })).toEqual(nobody);
    expect(competitionVector({ competitions: [], unled })).toEqual(nobody);
  },
);

test("thirds sum to one, the spare part goes to the smaller id", () => {
  const { entries } = redistribute(led("c", 1, "carol"), led("a", 1, "alice"), led("b", 1, "bob"));
  expect(entries).toEqual([
    { hotkey: "alice", share: 333_333_334 },
    { hotkey: "bob", share: 333_333_333 },
    { hotkey: "carol", share: 333_333_333 },
  ]);
});

test("what a lost leader no longer gets goes to the leaders that stand, or burns", () => {
  const half = { ...led("b", 1, "bob"), decayedPoints: 500_000_000n };
  expect(redistribute(led("a", 1, "alice"), half).entries).toEqual([
    { hotkey: "alice", share: 666_666_667 },
    { hotkey: "bob", share: 333_333_333 },
  ]);
  expect(burn(led("a", 1, "alice"), half)).toMatchObject({ burn: 250_000_000 });
});

test("a lost leader alone decays into the burn, whatever the policy", () => {
  const half = { ...led("a", 1, "alice"), decayedPoints: 500_000_000n };
  expect(redistribute(half)).toMatchObject({
    entries: [{ hotkey: "alice", share: 500_000_000 }],
    burn: 500_000_000,
  });
  expect(redistribute({ ...half, decayedPoints: 0n })).toEqual({ policy: "burn", entries: [], burn: PPB });
});

test("the same id twice, no points, and more than all points are refused", () => {
  expect(refusalOf(() => redistribute(led("a", 1, "x"), led("a", 1, "y")))).toBe("CORE_DUPLICATE");
  for (const points of [0, -1, 1.5, Number.NaN])
    expect(refusalOf(() => redistribute(led("a", points, "x")))).toBe("CORE_OUT_OF_RANGE");
  const tooMuch = { ...led("a", 1, "x"), decayedPoints: 1_000_000_001n };
  expect(refusalOf(() => redistribute(tooMuch))).toBe("CORE_OUT_OF_RANGE");
});

const competitions = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    points: fc.integer({ min: 1, max: 1_000_000 }),
    leader: fc.option(fc.constantFrom("alice", "bob", "carol", "dave")),
  }),
  { selector: ({ id }) => id, maxLength: 8 },
);
const unled = fc.constantFrom("redistribute" as const, "burn" as const);

test("shares sum to exactly one, and the order of the competitions never matters", () => {
  fc.assert(
    fc.property(competitions, unled, (given, policy) => {
      const vector = competitionVector({ competitions: given, unled: policy });
      expect(total(vector)).toBe(PPB);
      expect(vector.entries.every(({ share }) => share > 0)).toBe(true);
      expect(competitionVector({ competitions: given.toReversed(), unled: policy })).toEqual(vector);
    }),
  );
});

test("leading one competition more never pays less", () => {
  const shareOf = (vector: WeightVector) =>
    vector.entries.find(({ hotkey }) => hotkey === "alice")?.share ?? 0;
  fc.assert(
    fc.property(competitions, unled, fc.nat(), (given, policy, pick) => {
      fc.pre(given.length > 0);
      const more = given.map((item, i) => (i === pick % given.length ? { ...item, leader: "alice" } : item));
      const before = shareOf(competitionVector({ competitions: given, unled: policy }));
      const after = shareOf(competitionVector({ competitions: more, unled: policy }));
      expect(after).toBeGreaterThanOrEqual(before - 1);
    }),
  );
});
