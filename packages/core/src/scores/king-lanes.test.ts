import fc from "fast-check";
import { expect, test } from "vitest";
import { fromDecimal, rational, sumOfRationals, toNumber } from "../exact/rational.ts";
import { refusalOf } from "../test/refusal.ts";
import { fractionOf, scoringVectors } from "../test/scoring-vectors.ts";
import { type KingLanes, kingShares, laneShares } from "./king-lanes.ts";

type Vector = {
  id: string;
  note: string;
  input: {
    split: Record<"image" | "video" | "audio" | "generator", number>;
    king_chains: Record<string, string[]>;
    hotkey_to_uid: Record<string, number>;
    generator_scores: Record<string, number>;
    burn_uid: number;
  };
  expected: {
    lane_shares: Record<string, { hotkey: string; share: number }[]>;
    weights: Record<string, number>;
    weights_fraction: Record<string, string>;
  };
};

test.each(scoringVectors<Vector>("koth_lane"))("$id: $note", ({ input, expected }) => {
  const lanes = (["image", "video", "audio"] as const).map((id) => ({
    id,
    share: input.split[id],
    kings: input.king_chains[id] ?? [],
  }));
  for (const { id, kings } of lanes)
    expect(laneShares(kings)).toEqual(
      expected.lane_shares[id]!.map(({ hotkey, share }) => ({ hotkey, share: fromDecimal(share) })),
    );
  const uids = input.hotkey_to_uid;
  const hotkeyOf = (uid: string) => Object.keys(uids).find((hotkey) => uids[hotkey] === Number(uid))!;
  const scores = new Map(
    Object.entries(input.generator_scores).map(([uid, score]) => [hotkeyOf(uid), score]),
  );
  const generators = { share: input.split.generator, scores };
  const { entries, burn } = kingShares({ lanes, generators }, (hotkey) => hotkey in uids);
  const paid = entries.map(({ hotkey, share }) => [String(uids[hotkey]), share] as const);
  const burnt = burn.numerator === 0n ? [] : [[String(input.burn_uid), burn] as const];
  const weights = Object.fromEntries([...paid, ...burnt]);
  expect(weights).toEqual(
    Object.fromEntries(
      Object.entries(expected.weights_fraction).map(([uid, text]) => [uid, fractionOf(text)]),
    ),
  );
  for (const [uid, weight] of Object.entries(expected.weights)) expect(toNumber(weights[uid]!)).toBe(weight);
});

test("a king named again later counts once, and a fourth king for nothing", () => {
  expect(laneShares(["a", "b", "a", "c", "d"]).map(({ hotkey }) => hotkey)).toEqual(["a", "b", "c"]);
  expect(laneShares(["a", "a"])).toEqual([{ hotkey: "a", share: rational(1n) }]);
});

const subnet = (kings: string[], scores: Record<string, number> = {}): KingLanes => ({
  lanes: [{ id: "only", share: 0.8, kings }],
  generators: { share: 0.2, scores: new Map(Object.entries(scores)) },
});
const registered = (...names: string[]) => {
  const known = new Set(names);
  return (hotkey: string) => known.has(hotkey);
};

test("a former king that left burns with a present king that left too", () => {
  const { entries, burn } = kingShares(subnet(["a", "b", "c"]), registered("c"));
  expect(entries).toEqual([{ hotkey: "c", share: rational(1n, 25n) }]);
  expect(burn).toEqual(rational(24n, 25n));
});

test("generators without a uid or with score 0 leave the pool to the others", () => {
  const { entries } = kingShares(subnet([], { a: 1, b: 3, c: 0, gone: 100 }), registered("a", "b", "c"));
  expect(entries).toEqual([
    { hotkey: "a", share: rational(1n, 20n) },
    { hotkey: "b", share: rational(3n, 20n) },
  ]);
});

test("shares that do not sum to one and scores that are none are refused", () => {
  const all = () => true;
  expect(refusalOf(() => kingShares({ ...subnet([]), lanes: [] }, all))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => kingShares(subnet([], { a: -1 }), all))).toBe("CORE_OUT_OF_RANGE");
  expect(refusalOf(() => kingShares(subnet([], { a: Number.NaN }), all))).toBe("CORE_OUT_OF_RANGE");
});

test("entries and burn are exactly everything, each hotkey once", () => {
  const name = fc.constantFrom("a", "b", "c", "d", "e");
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 6 }),
      fc.dictionary(name, fc.double({ min: 0, max: 9, noNaN: true })),
      fc.array(name),
      (kings, scores, known) => {
        const { entries, burn } = kingShares(subnet(kings, scores), registered(...known));
        expect(sumOfRationals([...entries.map(({ share }) => share), burn])).toEqual(rational(1n));
        expect(burn.numerator >= 0n).toBe(true);
        expect(new Set(entries.map(({ hotkey }) => hotkey)).size).toBe(entries.length);
        expect(entries.every(({ hotkey }) => known.includes(hotkey as "a"))).toBe(true);
      },
    ),
  );
});
