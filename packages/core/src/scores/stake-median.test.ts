import fc from "fast-check";
import { expect, test } from "vitest";
import { refusalOf } from "../test/refusal.ts";
import { stakeMedian } from "./stake-median.ts";

type Vote = { coldkey: string; stakeRao: bigint; score: number };
const vote = (coldkey: string, stakeRao: bigint, score: number): Vote => ({ coldkey, stakeRao, score });
const byScore = (a: Vote, b: Vote) => a.score - b.score;
const median = (votes: readonly Vote[]) => {
  const { raw, capped } = stakeMedian(votes, byScore);
  return { raw: raw.score, capped: capped.score };
};

test("the vote at which half of the stake is reached", () => {
  const votes = [vote("a", 20n, 0.9), vote("b", 30n, 0.1), vote("c", 25n, 0.5), vote("d", 25n, 0.6)];
  expect(median(votes)).toEqual({ raw: 0.5, capped: 0.5 });
});

test("of two equal camps the lower decides", () => {
  expect(median([vote("a", 50n, 1), vote("b", 50n, 0)])).toEqual({ raw: 0, capped: 0 });
});

test("one coldkey with most of the stake decides the raw median, not the capped one", () => {
  const others = ["b", "c", "d", "e", "f"].map((coldkey) => vote(coldkey, 9n, 0.4));
  expect(median([vote("whale", 55n, 1), ...others])).toEqual({ raw: 1, capped: 0.4 });
});

test("splitting one coldkey's stake over many hotkeys changes nothing", () => {
  const others = ["b", "c", "d", "e", "f"].map((coldkey) => vote(coldkey, 9n, 0.4));
  const sybils = Array.from({ length: 11 }, () => vote("whale", 5n, 1));
  expect(median([...sybils, ...others])).toEqual({ raw: 1, capped: 0.4 });
});

test("without any stake heads are counted", () => {
  expect(median([vote("a", 0n, 0.2), vote("b", 0n, 0.4), vote("c", 0n, 0.9)])).toEqual({
    raw: 0.4,
    capped: 0.4,
  });
});

test("a vote without stake has no voice where others have some", () => {
  expect(median([vote("a", 0n, 0.1), vote("b", 0n, 0.1), vote("c", 1n, 0.7)])).toEqual({
    raw: 0.7,
    capped: 0.7,
  });
});

test("no votes and negative stake are refused", () => {
  expect(refusalOf(() => stakeMedian([], byScore))).toBe("CORE_EMPTY");
  expect(refusalOf(() => median([vote("a", -1n, 0)]))).toBe("CORE_OUT_OF_RANGE");
});

const votes = fc.array(
  fc.record({
    coldkey: fc.constantFrom("a", "b", "c", "d", "e"),
    stakeRao: fc.bigInt({ min: 0n, max: 10n ** 18n }),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 9 },
);

test("the order of the votes never matters", () => {
  fc.assert(
    fc.property(votes, (given) => {
      expect(median(given.toReversed())).toEqual(median(given));
    }),
  );
});

test("a better vote never lowers the median", () => {
  fc.assert(
    fc.property(votes, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (given, pick, score) => {
      const better = given.map((item, i) =>
        i === pick % given.length ? { ...item, score: Math.max(item.score, score) } : item,
      );
      expect(median(better).raw).toBeGreaterThanOrEqual(median(given).raw);
      expect(median(better).capped).toBeGreaterThanOrEqual(median(given).capped);
    }),
  );
});

test("colluders with less than half of the capped stake cannot leave the range of the honest votes", () => {
  const honest = fc.array(fc.double({ min: 0.4, max: 0.6, noNaN: true }), { minLength: 6, maxLength: 12 });
  const lies = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(honest, lies, (truths, false_) => {
      const field = [
        ...truths.map((score, i) => vote(`honest${i}`, 10n, score)),
        ...false_.map((score, i) => vote(`liar${i}`, 10n, score)),
      ];
      const { capped } = median(field);
      expect(capped).toBeGreaterThanOrEqual(0.4);
      expect(capped).toBeLessThanOrEqual(0.6);
    }),
  );
});

test("the largest validator, or the seven smallest of twelve, do not lift a worse miner", () => {
  const shares = Array.from({ length: 12 }, (_, rank) => BigInt(Math.round(1e9 / (rank + 1))));
  const field = (isLiar: (rank: number) => boolean) =>
    shares.map((stake, rank) => vote(`c${rank}`, stake, isLiar(rank) ? 1 : -0.1));
  expect(median(field((rank) => rank === 0))).toEqual({ raw: -0.1, capped: -0.1 });
  expect(median(field((rank) => rank >= 5))).toEqual({ raw: -0.1, capped: -0.1 });
});
