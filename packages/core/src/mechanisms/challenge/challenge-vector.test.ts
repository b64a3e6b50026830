import fc from "fast-check";
import { expect, test } from "vitest";
import { ChallengeParameters } from "../../schema/mechanism-parameters.ts";
import { PPB } from "../../schema/primitives.ts";
import type { WeightVector } from "../../schema/snapshot.ts";
import { scoreKey } from "../../scores/miner-score.ts";
import { refusalOf } from "../../test/refusal.ts";
import { scoringVectors } from "../../test/scoring-vectors.ts";
import { challengeVector } from "./challenge-vector.ts";

type Miner = {
  hotkey: string;
  type?: string;
  score: number;
  idleSinceBlock?: number;
  registeredAtBlock?: number;
};

const ownerOf = ({ hotkey, type = "detector", registeredAtBlock = 10 }: Miner) => ({
  hotkey,
  type,
  registeredAtBlock,
});
const vectorOfAll = (miners: Miner[], changes: object = {}, block = 1000) =>
  challengeVector({
    block,
    parameters: ChallengeParameters.parse(changes),
    miners: miners.map(ownerOf),
    scores: new Map(
      miners.map((one) => [
        scoreKey(ownerOf(one)),
        { score: one.score, idleSinceBlock: one.idleSinceBlock ?? block },
      ]),
    ),
  });
const sharesOf = ({ entries, burn }: WeightVector) => ({
  ...Object.fromEntries(entries.map(({ hotkey, share }) => [hotkey, share / PPB])),
  burn: burn / PPB,
});
const segmenter = (hotkey: string, score: number): Miner => ({ hotkey, score, type: "segmenter" });
const four: Miner[] = [
  { hotkey: "a", score: 0.6 },
  { hotkey: "b", score: 0.6 },
  segmenter("s", 0.4),
  segmenter("t", 0.4),
];

test("each type shares its part by scores", () => {
  expect(vectorOfAll(four)).toEqual({
    policy: "scores",
    entries: [
      { hotkey: "a", share: 450_000_000 },
      { hotkey: "b", share: 450_000_000 },
      { hotkey: "s", share: 50_000_000 },
      { hotkey: "t", share: 50_000_000 },
    ],
    burn: 0,
  });
});

test("a lonely miner gets half of its type's share, the other half burns", () => {
  const lonely = [...four.slice(0, 2), segmenter("s", 0.2)];
  expect(sharesOf(vectorOfAll(lonely))).toEqual({ a: 0.45, b: 0.45, s: 0.05, burn: 0.05 });
  expect(sharesOf(vectorOfAll(lonely, { preset: "source" }))).toEqual({ a: 0.45, b: 0.45, s: 0.1, burn: 0 });
});

test("a type without scores burns, or leaves its share to the other, as the rules say", () => {
  const detectors = four.slice(0, 2);
  expect(sharesOf(vectorOfAll(detectors))).toEqual({ a: 0.45, b: 0.45, burn: 0.1 });
  expect(sharesOf(vectorOfAll(detectors, { emptyType: "redistribute" }))).toEqual({
    a: 0.5,
    b: 0.5,
    burn: 0,
  });
});

test("a score below the minimum weighs nothing, unless the source's rules hold", () => {
  const weak = [...four, { hotkey: "w", score: 0.0999 }];
  expect(vectorOfAll(weak)).toEqual(vectorOfAll(four));
  expect(sharesOf(vectorOfAll(weak, { preset: "source" }))).toHaveProperty("w");
  expect(sharesOf(vectorOfAll([...four, { hotkey: "w", score: 0.1 }]))).toHaveProperty("w");
});

test("who has not answered for two half-lives weighs a quarter, and in the end nothing", () => {
  const idle = (blocks: number) => [
    { hotkey: "a", score: 0.8, idleSinceBlock: 100_000 - blocks },
    { hotkey: "b", score: 0.6 },
    { hotkey: "c", score: 0.6 },
  ];
  const at = (blocks: number, changes: object = {}) => sharesOf(vectorOfAll(idle(blocks), changes, 100_000));
  expect(at(14_400)).toEqual({
    a: 0.128571428,
    b: 0.385714286,
    c: 0.385714286,
    burn: expect.closeTo(0.1, 8),
  });
  expect(at(4 * 7200)).not.toHaveProperty("a");
  expect(at(99_000, { preset: "source" })).toMatchObject({ a: 0.36, b: 0.27, c: 0.27 });
});

test("only the type declared now is paid, for the registration there is now", () => {
  const scores = new Map([
    ["a/10/segmenter", { score: 0.9, idleSinceBlock: 1000 }],
    ["b/10/detector", { score: 0.9, idleSinceBlock: 1000 }],
    ["c/10/detector", { score: 0.9, idleSinceBlock: 1000 }],
    ["gone/10/detector", { score: 0.9, idleSinceBlock: 1000 }],
  ]);
  const miners = [
    ownerOf({ hotkey: "a", score: 0 }),
    ownerOf({ hotkey: "b", score: 0, registeredAtBlock: 11 }),
  ];
  const vector = challengeVector({
    block: 1000,
    parameters: ChallengeParameters.parse({}),
    miners: [...miners, ownerOf({ hotkey: "c", score: 0 })],
    scores,
  });
  expect(sharesOf(vector)).toEqual({ c: 0.45, burn: 0.55 });
});

test("a type the rules do not name is paid nothing", () => {
  expect(vectorOfAll([...four, { hotkey: "x", score: 1, type: "generator" }])).toEqual(vectorOfAll(four));
});

test("with no score anywhere everything burns, whatever the policy", () => {
  const burns = { policy: "burn", entries: [], burn: PPB };
  const zeros = [{ hotkey: "a", score: 0 }];
  expect(vectorOfAll(zeros)).toEqual(burns);
  expect(vectorOfAll(zeros, { emptyType: "redistribute" })).toEqual(burns);
  expect(vectorOfAll([])).toEqual(burns);
});

test("spare parts go to the earlier registration, then by hotkey", () => {
  const thirds = [
    { hotkey: "c", score: 0.5, registeredAtBlock: 5 },
    { hotkey: "b", score: 0.5, registeredAtBlock: 9 },
    { hotkey: "a", score: 0.5, registeredAtBlock: 9 },
  ];
  const types = [{ type: "detector", share: PPB }];
  expect(vectorOfAll(thirds, { types }).entries).toEqual([
    { hotkey: "c", share: 333_333_334 },
    { hotkey: "a", share: 333_333_333 },
    { hotkey: "b", share: 333_333_333 },
  ]);
});

test.each([
  ["a hotkey twice", [...four, { hotkey: "a", score: 1 }], "CORE_DUPLICATE"],
  ["NaN", [{ hotkey: "a", score: Number.NaN }], "CORE_OUT_OF_RANGE"],
  ["a negative score", [{ hotkey: "a", score: -0.1 }], "CORE_OUT_OF_RANGE"],
  ["an infinite score", [{ hotkey: "a", score: Number.POSITIVE_INFINITY }], "CORE_OUT_OF_RANGE"],
] as const)("%s is refused", (_name, miners, code) => {
  expect(refusalOf(() => vectorOfAll([...miners]))).toBe(code);
});

const field = fc.uniqueArray(
  fc.record({
    hotkey: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    type: fc.constantFrom("detector", "segmenter"),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    registeredAtBlock: fc.nat({ max: 3 }),
  }),
  { selector: ({ hotkey }) => hotkey, maxLength: 8 },
);
const rules = fc.record({
  preset: fc.constantFrom("assay", "source"),
  emptyType: fc.constantFrom("burn", "redistribute"),
});

test("shares sum to exactly one, and the order of the miners never matters", () => {
  fc.assert(
    fc.property(field, rules, (miners, changes) => {
      const vector = vectorOfAll(miners, changes);
      expect(vector.entries.reduce((sum, { share }) => sum + share, vector.burn)).toBe(PPB);
      expect(vector.entries.every(({ share }) => Number.isSafeInteger(share) && share > 0)).toBe(true);
      expect(vectorOfAll(miners.toReversed(), changes)).toEqual(vector);
    }),
  );
});

test("a better score never pays less, a later valid answer neither", () => {
  fc.assert(
    fc.property(
      field,
      rules,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      (miners, changes, score, pick) => {
        fc.pre(miners.length > 0);
        const index = pick % miners.length;
        const hotkey = miners[index]?.hotkey ?? "";
        const shareOf = (one: Partial<Miner>) =>
          vectorOfAll(
            miners.map((miner, i) => (i === index ? { ...miner, ...one } : miner)),
            changes,
            20_000,
          ).entries.find((entry) => entry.hotkey === hotkey)?.share ?? 0;
        const before = miners[index]?.score ?? 0;
        expect(shareOf({ score: Math.max(before, score) })).toBeGreaterThanOrEqual(shareOf({}) - 1);
        expect(shareOf({})).toBeGreaterThanOrEqual(shareOf({ idleSinceBlock: 20_000 - (pick % 20_000) }) - 1);
      },
    ),
  );
});

test("one miner never gets more than half of its type's share", () => {
  fc.assert(
    fc.property(field, (miners) => {
      const typeOf = new Map<string, string>(miners.map(({ hotkey, type }) => [hotkey, type]));
      for (const { hotkey, share } of vectorOfAll(miners).entries)
        expect(share).toBeLessThanOrEqual(typeOf.get(hotkey) === "detector" ? 450_000_001 : 50_000_001);
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
/** NaN and negative scores count as 0 in the vectors, and are refused here. */
const strict = scoringVectors<L1>("l1_per_type").filter(({ input }) =>
  input.scores.every((score) => (score ?? -1) >= 0),
);

test.each(strict)("$id: $note", ({ input, expected }) => {
  const miners = input.scores.map((score, uid) => ({
    hotkey: String(uid),
    type: (input.types[uid] ?? "").toLowerCase(),
    score: score ?? 0,
  }));
  const { entries, burn } = vectorOfAll(miners, {
    preset: "source",
    emptyType: input.redistribute_empty_type ? "redistribute" : "burn",
    types: Object.entries(input.type_shares).map(([type, share]) => ({
      type: type.toLowerCase(),
      share: Math.round(share * PPB),
    })),
  });
  const unburnt = 1 - (input.burn?.fraction ?? 0);
  for (const [uid, weight] of expected.weights.entries()) {
    const share = (entries.find(({ hotkey }) => hotkey === String(uid))?.share ?? 0) / PPB;
    const burnt = input.burn?.uid === uid ? 1 - unburnt + (unburnt * burn) / PPB : 0;
    expect(Math.abs(unburnt * share + burnt - weight)).toBeLessThan(2e-9);
  }
});
