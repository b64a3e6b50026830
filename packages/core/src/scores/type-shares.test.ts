import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addRationals,
  compareRationals,
  fromDecimal,
  multiplyRationals,
  rational,
  subtractRationals,
  sumOfRationals,
  toNumber,
} from "../exact/rational.ts";
import { expectClose } from "../test/close.ts";
import { refusalOf } from "../test/refusal.ts";
import { fractionOf, scoringVectors } from "../test/scoring-vectors.ts";
import { convertWeightsAndUidsForEmit } from "../weights/sdk/convert-weights-and-uids-for-emit.ts";
import { lenientScore } from "./lenient-score.ts";
import { type TypedScore, type TypeRules, typeShares } from "./type-shares.ts";

type Vector = {
  id: string;
  note: string;
  input: {
    scores: (number | null)[];
    types: string[];
    type_shares: Record<string, number>;
    burn: { uid: number; fraction: number } | null;
    redistribute_empty_type: boolean;
  };
  expected: {
    type_sums: Record<string, number>;
    effective_shares: Record<string, number>;
    weights: number[];
    weights_fraction: string[];
    sum: number;
    u16_uids: number[];
    u16_values: number[];
  };
};

test.each(scoringVectors<Vector>("l1_per_type"))("$id: $note", ({ input, expected }) => {
  const miners = input.scores.map((score, uid) => ({ type: input.types[uid]!, score: lenientScore(score) }));
  const emptyType = input.redistribute_empty_type ? "redistribute" : "burn";
  const result = typeShares(miners, { shares: input.type_shares, emptyType, minScore: 0, minerCap: 1 });
  for (const [type, sum] of Object.entries(expected.type_sums))
    expectClose(toNumber(result.typeSums.get(type)!), sum);
  for (const [type, share] of Object.entries(expected.effective_shares))
    expect(result.effectiveShares.get(type)).toEqual(fromDecimal(share));
  const kept = subtractRationals(rational(1n), fromDecimal(input.burn?.fraction ?? 0));
  const burnt = subtractRationals(rational(1n), multiplyRationals(kept, sumOfRationals(result.shares)));
  const weights = result.shares.map((share, uid) => {
    const weight = multiplyRationals(kept, share);
    return uid === input.burn?.uid ? addRationals(weight, burnt) : weight;
  });
  expect(weights).toEqual(expected.weights_fraction.map(fractionOf));
  expect(weights.map(toNumber)).toEqual(expected.weights);
  expect(toNumber(sumOfRationals(weights))).toBe(expected.sum);
  const uids = [...weights.keys()];
  expect(convertWeightsAndUidsForEmit(uids, weights.map(toNumber))).toEqual({
    uids: expected.u16_uids,
    values: expected.u16_values,
  });
});

const rules: TypeRules = {
  shares: { detector: 0.9, segmenter: 0.1 },
  emptyType: "burn",
  minScore: 0.1,
  minerCap: 0.5,
};
const detector = (score: number): TypedScore => ({ type: "detector", score });
const segmenter = (score: number): TypedScore => ({ type: "segmenter", score });

test("one miner gets at most half of its type's share, the rest burns", () => {
  const { shares, burn } = typeShares([detector(0.9), detector(0.1), segmenter(0.5)], rules);
  expect(shares).toEqual([rational(9n, 20n), rational(9n, 100n), rational(1n, 20n)]);
  expect(burn).toEqual(rational(41n, 100n));
});

test("scores below the minimum weigh nothing, the minimum itself does", () => {
  const { shares } = typeShares([detector(0.0999), detector(0.1), detector(0.1), detector(0.1)], rules);
  expect(shares).toEqual([rational(0n), rational(3n, 10n), rational(3n, 10n), rational(3n, 10n)]);
});

test("a type without scores burns or leaves its share to the others", () => {
  const miners = [detector(0.5), detector(0.5)];
  expect(typeShares(miners, rules).burn).toEqual(rational(1n, 10n));
  const spread = typeShares(miners, { ...rules, emptyType: "redistribute" });
  expect(spread.shares).toEqual([rational(1n, 2n), rational(1n, 2n)]);
  expect(spread.burn).toEqual(rational(0n));
});

test.each(["burn", "redistribute"] as const)(
  "with no scores anywhere everything burns under %s",
  (emptyType) => {
    const { shares, burn } = typeShares([detector(0), segmenter(0.05)], { ...rules, emptyType });
    expect(shares).toEqual([rational(0n), rational(0n)]);
    expect(burn).toEqual(rational(1n));
    expect(typeShares([], { ...rules, emptyType }).burn).toEqual(rational(1n));
  },
);

test("a type that the rules do not name is paid nothing", () => {
  const { shares, burn } = typeShares([{ type: "validator", score: 1 }, detector(1), detector(1)], rules);
  expect(shares[0]).toEqual(rational(0n));
  expect(burn).toEqual(rational(1n, 10n));
});

test("a lonely newcomer of another type does not take that type whole", () => {
  const { shares } = typeShares([detector(0.9), detector(0.9), segmenter(0.2)], rules);
  expect(shares[2]).toEqual(rational(1n, 20n));
});

test.each([Number.NaN, -0.1, Number.POSITIVE_INFINITY])("a score of %s is refused", (score) => {
  expect(refusalOf(() => typeShares([detector(score)], rules))).toBe("CORE_OUT_OF_RANGE");
});

test.each<Partial<TypeRules>>([
  { shares: { detector: 0.9 } },
  { shares: { detector: 1.1, segmenter: -0.1 } },
  { shares: { detector: Number.NaN } },
  { minerCap: 0 },
  { minScore: 2 },
])("rules with %j are refused", (change) => {
  expect(refusalOf(() => typeShares([], { ...rules, ...change }))).toBe("CORE_OUT_OF_RANGE");
});

test("shares that only doubles fail to sum to one are fine", () => {
  const shares = { a: 0.1, b: 0.2, c: 0.7 };
  expect(refusalOf(() => typeShares([], { ...rules, shares }))).toBeUndefined();
});

const anyMiners = fc.array(
  fc.record({
    type: fc.constantFrom("detector", "segmenter", "other"),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 12, size: "max" },
);
const anyRules = fc.record({
  shares: fc.constant(rules.shares),
  emptyType: fc.constantFrom("burn" as const, "redistribute" as const),
  minScore: fc.constantFrom(0, 0.1),
  minerCap: fc.constantFrom(0.5, 1),
});

test("shares and burn are exactly everything, none is negative, and the order of miners does not matter", () => {
  fc.assert(
    fc.property(anyMiners, anyRules, (miners, given) => {
      const { shares, burn } = typeShares(miners, given);
      expect(sumOfRationals([...shares, burn])).toEqual(rational(1n));
      expect([...shares, burn].every(({ numerator }) => numerator >= 0n)).toBe(true);
      expect(typeShares(miners.toReversed(), given).shares.toReversed()).toEqual(shares);
    }),
  );
});

test("a better score never earns less", () => {
  fc.assert(
    fc.property(
      anyMiners,
      anyRules,
      fc.nat(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (miners, given, pick, to) => {
        fc.pre(miners.length > 0);
        const index = pick % miners.length;
        const better = miners.map((miner, i) =>
          i === index ? { ...miner, score: Math.max(miner.score, to) } : miner,
        );
        const [before, after] = [
          typeShares(miners, given).shares[index]!,
          typeShares(better, given).shares[index]!,
        ];
        expect(compareRationals(after, before)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
