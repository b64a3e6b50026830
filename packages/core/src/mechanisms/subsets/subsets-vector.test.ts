import fc from "fast-check";
import { expect, test } from "vitest";
import { PPB } from "../../schema/primitives.ts";
import type { WeightVector } from "../../schema/snapshot.ts";
import type { SubsetCandidate } from "./candidate.ts";
import { subsetsVector } from "./subsets-vector.ts";
import { candidate, field, parametersFor } from "./test/candidates.ts";

const total = ({ entries, burn }: WeightVector) => entries.reduce((sum, { share }) => sum + share, burn);
const preset = fc.constantFrom("assay" as const, "source" as const);
const holes = fc.constantFrom("burn" as const, "earliest" as const, "split" as const);

test("weights are in proportion to points", () => {
  const agents = [candidate("s", 1, [95, 40, 40]), candidate("g", 2, [70, 70, 70])];
  expect(subsetsVector(agents, parametersFor(3))).toEqual({
    policy: "subsets",
    entries: [
      { hotkey: "s", share: 666_666_667 },
      { hotkey: "g", share: 333_333_333 },
    ],
    burn: 0,
  });
});

test("the holes' points burn on the owner", () => {
  const agents = [candidate("a", 1, [50, 90]), candidate("b", 2, [57, 0]), candidate("c", 3, [62, 0])];
  const vector = subsetsVector(agents, parametersFor(2));
  expect(vector).toEqual({
    policy: "subsets",
    entries: [{ hotkey: "a", share: 750_000_000 }],
    burn: 250_000_000,
  });
});

test("nobody eligible burns everything, and so does nobody at all", () => {
  const burns = { policy: "burn", entries: [], burn: PPB };
  expect(subsetsVector([candidate("a", 1, [10])], parametersFor(1, { minSuccessRate: 500_000_000 }))).toEqual(
    burns,
  );
  expect(subsetsVector([], parametersFor(4))).toEqual(burns);
  expect(subsetsVector([], parametersFor(4, { preset: "source" }))).toEqual(burns);
});

test("the source's softmax pays agents without points", () => {
  const agents = [candidate("a", 1, [90]), candidate("b", 2, [10])];
  const { entries, burn } = subsetsVector(agents, parametersFor(1, { preset: "source" }));
  expect(entries).toEqual([
    { hotkey: "a", share: 731_058_579 },
    { hotkey: "b", share: 268_941_421 },
  ]);
  expect(burn).toBe(0);
});

test("shares sum to exactly one, without NaN, and the order of the candidates never matters", () => {
  fc.assert(
    fc.property(field, preset, holes, ({ environments, candidates }, rules, policy) => {
      const parameters = parametersFor(environments, { preset: rules, holes: policy });
      const vector = subsetsVector(candidates, parameters);
      expect(total(vector)).toBe(PPB);
      expect(vector.entries.every(({ share }) => Number.isSafeInteger(share) && share > 0)).toBe(true);
      expect(subsetsVector(candidates.toReversed(), parameters)).toEqual(vector);
    }),
  );
});

test("a success more never pays less, whatever the minimums", () => {
  const minSuccessRate = fc.integer({ min: 0, max: PPB });
  fc.assert(
    fc.property(
      field,
      holes,
      minSuccessRate,
      fc.nat(),
      ({ environments, candidates }, policy, least, pick) => {
        fc.pre(candidates.length > 0);
        const index = pick % candidates.length;
        const parameters = parametersFor(environments, { holes: policy, minSuccessRate: least });
        const shareOf = (given: readonly SubsetCandidate[]) =>
          subsetsVector(given, parameters).entries.find(({ hotkey }) => hotkey === `m${index}`)?.share ?? 0;
        const better = candidates.map((one, i) =>
          i === index ? withSuccess(one, pick % environments) : one,
        );
        expect(shareOf(better)).toBeGreaterThanOrEqual(shareOf(candidates) - 1);
      },
    ),
    { numRuns: 500 },
  );
});

function withSuccess(one: SubsetCandidate, e: number): SubsetCandidate {
  const records = one.records.map((record, index) =>
    index === e ? { ...record, successes: Math.min(record.successes + 1, record.episodes) } : record,
  );
  return { ...one, records };
}
