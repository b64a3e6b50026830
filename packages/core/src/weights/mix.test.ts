import fc from "fast-check";
import { expect, test } from "vitest";
import { fromDecimal } from "../exact/rational.ts";
import { PPB } from "../schema/primitives.ts";
import type { WeightVector } from "../schema/snapshot.ts";
import { refusalOf } from "../test/refusal.ts";
import { scoringVectors } from "../test/scoring-vectors.ts";
import { subnetVector } from "./mix.ts";
import { vectorOf } from "./vector-of.ts";

const paying = (shares: Record<string, number>, policy: WeightVector["policy"] = "leaders"): WeightVector => {
  const entries = Object.entries(shares).map(([hotkey, share]) => ({ hotkey, share }));
  return { policy, entries, burn: entries.reduce((left, { share }) => left - share, PPB) };
};
const everythingBurns: WeightVector = { policy: "burn", entries: [], burn: PPB };
const rulesOf = (burn: number, shares: Record<string, number>) => ({
  burn,
  instances: Object.entries(shares).map(([id, share]) => ({ id, share })),
});
const total = ({ entries, burn }: WeightVector) => entries.reduce((sum, { share }) => sum + share, burn);

test("shares of the instances weight their vectors, after the burn share", () => {
  const rules = rulesOf(100_000_000, { a: 600_000_000, b: 400_000_000 });
  const vector = subnetVector(rules, [
    { id: "a", vector: paying({ alice: PPB }) },
    { id: "b", vector: paying({ alice: 500_000_000, bob: 250_000_000 }) },
  ]);
  expect(vector).toEqual({
    policy: "leaders",
    entries: [
      { hotkey: "alice", share: 720_000_000 },
      { hotkey: "bob", share: 90_000_000 },
    ],
    burn: 190_000_000,
  });
});

test("one instance without burn share is its own vector", () => {
  const vector = paying({ alice: 333_333_334, bob: 666_666_666 });
  expect(subnetVector(rulesOf(0, { a: PPB }), [{ id: "a", vector }])).toEqual(vector);
});

test("where nobody is paid the policy is burn", () => {
  const rules = rulesOf(0, { a: PPB });
  expect(subnetVector(rules, [{ id: "a", vector: everythingBurns }])).toEqual(everythingBurns);
  const burnAll = rulesOf(PPB, { a: PPB });
  expect(subnetVector(burnAll, [{ id: "a", vector: paying({ alice: PPB }) }])).toEqual(everythingBurns);
});

test("the policy is that of the largest instance that pays", () => {
  const rules = rulesOf(0, { a: 500_000_000, b: 200_000_000, c: 300_000_000 });
  const vector = subnetVector(rules, [
    { id: "a", vector: everythingBurns },
    { id: "b", vector: paying({ alice: PPB }, "winner") },
    { id: "c", vector: paying({ bob: PPB }, "scores") },
  ]);
  expect(vector.policy).toBe("scores");
});

test("an instance with share 0 needs no vector and decides nothing", () => {
  const rules = rulesOf(0, { a: PPB, later: 0 });
  const vector = paying({ alice: PPB });
  expect(subnetVector(rules, [{ id: "a", vector }])).toEqual(vector);
  const both = [
    { id: "later", vector: paying({ bob: PPB }) },
    { id: "a", vector },
  ];
  expect(subnetVector(rules, both)).toEqual(vector);
});

test("a missing, unknown or repeated vector is refused and named", () => {
  const rules = rulesOf(0, { a: 500_000_000, b: 500_000_000 });
  const a = { id: "a", vector: paying({ alice: PPB }) };
  expect(() => subnetVector(rules, [a])).toThrow('missing ["b"], unknown []');
  expect(() => subnetVector(rules, [a, { ...a, id: "b" }, { ...a, id: "c" }])).toThrow('unknown ["c"]');
  expect(refusalOf(() => subnetVector(rules, [a, a, { ...a, id: "b" }]))).toBe("CORE_INSTANCE_MISMATCH");
});

test("shares sum to exactly one whatever is mixed", () => {
  const share = fc.integer({ min: 0, max: PPB });
  fc.assert(
    fc.property(share, share, share, share, (burn, first, alice, bob) => {
      const rules = rulesOf(burn, { a: first, b: PPB - first });
      const vector = subnetVector(rules, [
        {
          id: "a",
          vector: vectorOf({ policy: "leaders", amounts: [["alice", BigInt(alice)]], burn: BigInt(bob) }),
        },
        {
          id: "b",
          vector: vectorOf({ policy: "leaders", amounts: [["bob", BigInt(bob)]], burn: BigInt(alice) }),
        },
      ]);
      expect(total(vector)).toBe(PPB);
      expect(vector.policy === "burn").toBe(vector.burn === PPB);
    }),
  );
});

type L1 = {
  id: string;
  note: string;
  input: {
    scores: (number | null)[];
    types: string[];
    type_shares: Record<string, number>;
    burn: { uid: number; fraction: number } | null;
    redistribute_empty_type: boolean;
  };
  expected: { weights: number[] };
};
/** Scores that are missing or negative are refused here instead of counting as 0, so that vector does not apply. */
const applicable = scoringVectors<L1>("l1_per_type").filter(({ input }) =>
  input.scores.every((score) => score !== null && score >= 0),
);

test.each(applicable)("types mix as instances do: $id, $note", ({ input, expected }) => {
  const ppb = (value: number) =>
    Number((fromDecimal(value).numerator * BigInt(PPB)) / fromDecimal(value).denominator);
  const rules = rulesOf(
    ppb(input.burn?.fraction ?? 0),
    Object.fromEntries(Object.entries(input.type_shares).map(([type, share]) => [type, ppb(share)])),
  );
  const instances = Object.keys(input.type_shares).map((type) => ({
    id: type,
    vector: vectorOf({
      policy: "scores",
      amounts: input.scores.flatMap((score, uid) =>
        input.types[uid] === type ? [[String(uid), BigInt(ppb(score ?? 0))] as const] : [],
      ),
      burn: 0n,
    }),
  }));
  const vector = subnetVector(rules, instances);
  for (const [uid, weight] of expected.weights.entries()) {
    const share = vector.entries.find(({ hotkey }) => hotkey === String(uid))?.share ?? 0;
    const burnt = input.burn?.uid === uid ? vector.burn : 0;
    expect(Math.abs((share + burnt) / PPB - weight)).toBeLessThan(2e-9);
  }
});
