import fc from "fast-check";
import { expect, test } from "vitest";
import { toNumber } from "../../exact/rational.ts";
import { refusalOf } from "../../test/refusal.ts";
import type { SubsetCandidate } from "./candidate.ts";
import { subsetPoints } from "./points.ts";
import { bruteForcePoints } from "./test/brute-force.ts";
import { candidate, field, parametersFor } from "./test/candidates.ts";

const preset = fc.constantFrom("assay" as const, "source" as const);
const holes = fc.constantFrom("burn" as const, "earliest" as const, "split" as const);
const pointsOf = (candidates: SubsetCandidate[], environments: number, changes: object = {}) => {
  const { points, ...rest } = subsetPoints(candidates, parametersFor(environments, changes));
  return { ...rest, points: Object.fromEntries(points.map((one) => [one.hotkey, toNumber(one.points)])) };
};

test("who is alone has every subset: N·2^(N − 1) points", () => {
  expect(pointsOf([candidate("a", 1, [50, 50, 50])], 3).points).toEqual({ a: 12 });
});

test("an earlier agent keeps what it is not clearly beaten on", () => {
  expect(pointsOf([candidate("b", 2, [59]), candidate("a", 1, [52])], 1).points).toEqual({ a: 1, b: 0 });
  expect(pointsOf([candidate("b", 2, [60]), candidate("a", 1, [52])], 1).points).toEqual({ a: 0, b: 1 });
});

test("an exact copy of anybody gets nothing", () => {
  const copy = { ...candidate("copy", 2, [70, 70]), sequence: 1 };
  expect(pointsOf([candidate("a", 1, [70, 70]), copy], 2).points).toEqual({ a: 4, copy: 0 });
});

test("an earlier specialist and a later generalist", () => {
  const [specialist, generalist] = [candidate("s", 1, [95, 40, 40]), candidate("g", 2, [70, 70, 70])];
  expect(pointsOf([specialist, generalist], 3).points).toEqual({ s: 8, g: 4 });
  const swapped = [candidate("g", 1, [70, 70, 70]), candidate("s", 2, [95, 40, 40])];
  expect(pointsOf(swapped, 3).points).toEqual({ s: 1, g: 11 });
});

/** c beats a, but not b; b does not beat a. */
const chain = [candidate("a", 1, [50]), candidate("b", 2, [57]), candidate("c", 3, [62])];

test("comparisons are not transitive: a hole burns, goes to the earliest unbeaten, or is split", () => {
  expect(pointsOf(chain, 1)).toEqual({ points: { a: 0, b: 0, c: 0 }, burn: 1n, holes: 1 });
  expect(pointsOf(chain, 1, { holes: "earliest" })).toEqual({
    points: { a: 0, b: 1, c: 0 },
    burn: 0n,
    holes: 1,
  });
  expect(pointsOf(chain, 1, { holes: "split" })).toEqual({
    points: { a: 0, b: 0.5, c: 0.5 },
    burn: 0n,
    holes: 1,
  });
});

test("the source drops the points of holes", () => {
  expect(pointsOf(chain, 1, { preset: "source" })).toEqual({
    points: { a: 0, b: 0, c: 0 },
    burn: 0n,
    holes: 1,
  });
});

test("only the eligible compete, and a field without any burns everything", () => {
  const weak = candidate("weak", 1, [40, 40]);
  const strong = candidate("strong", 2, [60, 60]);
  const minimum = { minSuccessRate: 500_000_000, minEpisodes: 200 };
  expect(pointsOf([weak, strong], 2, minimum)).toEqual({ points: { strong: 4 }, burn: 0n, holes: 0 });
  expect(pointsOf([weak], 2, minimum)).toEqual({ points: {}, burn: 4n, holes: 3 });
});

test("a field of zeros pays the earliest only by the source's rules", () => {
  const zeros = [candidate("a", 1, [0, 0]), candidate("b", 2, [0, 0])];
  expect(pointsOf(zeros, 2, { preset: "source" }).points).toEqual({ a: 4, b: 0 });
  expect(pointsOf(zeros, 2, { minSuccessRate: 1 }).points).toEqual({});
});

test.each([
  ["a hotkey twice", [candidate("a", 1, [1]), candidate("a", 2, [1])], "CORE_DUPLICATE"],
  ["a place in the order twice", [candidate("a", 1, [1]), candidate("b", 1, [1])], "CORE_DUPLICATE"],
  ["a record too many", [candidate("a", 1, [1, 1])], "CORE_LENGTH_MISMATCH"],
  ["more successes than episodes", [candidate("a", 1, [101])], "CORE_OUT_OF_RANGE"],
  ["NaN", [candidate("a", 1, [Number.NaN])], "CORE_OUT_OF_RANGE"],
  ["a negative count", [candidate("a", 1, [-1])], "CORE_OUT_OF_RANGE"],
  ["half a block", [candidate("a", 1.5, [1])], "CORE_OUT_OF_RANGE"],
] as const)("%s is refused", (_name, candidates, code) => {
  expect(refusalOf(() => subsetPoints([...candidates], parametersFor(1)))).toBe(code);
});

test("bit masks give what the definition gives, subset by subset", () => {
  fc.assert(
    fc.property(field, preset, holes, ({ environments, candidates }, rules, policy) => {
      const parameters = parametersFor(environments, { preset: rules, holes: policy });
      const { points, burn, holes: found } = subsetPoints(candidates, parameters);
      const expected = bruteForcePoints(candidates, parameters);
      for (const one of points)
        expect(toNumber(one.points)).toBeCloseTo(expected.points.get(one.hotkey) ?? -1, 9);
      expect([points.length, Number(burn), found]).toEqual([
        candidates.length,
        expected.burn,
        expected.holes,
      ]);
    }),
    { numRuns: 1000 },
  );
});

test("all points together are N·2^(N − 1), given out or burnt", () => {
  fc.assert(
    fc.property(field, holes, ({ environments, candidates }, policy) => {
      const { points, burn } = pointsOf(candidates, environments, { holes: policy });
      const given = Object.values(points).reduce((sum, one) => sum + one, Number(burn));
      expect(given).toBeCloseTo(environments * 2 ** (environments - 1), 9);
    }),
  );
});

test("a success more never loses points, whatever happens to holes", () => {
  fc.assert(
    fc.property(field, holes, fc.nat(), fc.nat(), ({ environments, candidates }, policy, who, where) => {
      fc.pre(candidates.length > 0);
      const [index, e] = [who % candidates.length, where % environments];
      const better = candidates.map((one, i) => (i === index ? withSuccess(one, e) : one));
      const share = (given: SubsetCandidate[]) =>
        pointsOf(given, environments, { holes: policy }).points[`m${index}`] ?? 0;
      expect(share(better)).toBeGreaterThanOrEqual(share(candidates) - 1e-9);
    }),
    { numRuns: 500 },
  );
});

function withSuccess(one: SubsetCandidate, e: number): SubsetCandidate {
  const records = one.records.map((record, index) =>
    index === e ? { ...record, successes: Math.min(record.successes + 1, record.episodes) } : record,
  );
  return { ...one, records };
}

test("sixteen environments and a full subnet take a moment", () => {
  const environments = 16;
  const candidates = Array.from({ length: 256 }, (_, k) =>
    candidate(
      `m${k}`,
      k,
      Array.from({ length: environments }, (_, e) => 40 + ((k * 7 + e * 13) % 60)),
    ),
  );
  const { points, burn } = subsetPoints(candidates, parametersFor(environments, { holes: "earliest" }));
  const given = points.reduce((sum, one) => sum + toNumber(one.points), Number(burn));
  expect(given).toBe(environments * 2 ** (environments - 1));
});
