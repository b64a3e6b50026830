import fc from "fast-check";
import { expect, test } from "vitest";
import { splitEmissions } from "../consensus/mechanisms.ts";
import { PPB } from "../schema/primitives.ts";
import { RulesDocument } from "../schema/rules-document.ts";
import { allocationByMechid } from "./by-mechid.ts";
import { toPpb } from "./largest-remainder.ts";

const rulesOf = (shares: readonly number[], burn = 0) =>
  RulesDocument.parse({
    scheme: "assay-rules-v1",
    netuid: 7,
    mechid: 0,
    fromBlock: 100,
    versionKey: "0",
    minValidatorVersion: "0.1.0",
    burn,
    instances: shares.map((share, index) => ({ id: `i${index}`, mechanism: "competition", share })),
  });

test("each instance becomes a mechanism of the chain with all of it", () => {
  const { split, documents } = allocationByMechid(rulesOf([700_000_000, 300_000_000], 50_000_000));
  expect(split).toEqual([45_875, 19_660]);
  expect(documents).toMatchObject([
    { mechid: 0, netuid: 7, burn: 50_000_000, instances: [{ id: "i0", share: PPB }] },
    { mechid: 1, netuid: 7, burn: 50_000_000, instances: [{ id: "i1", share: PPB }] },
  ]);
});

test("one instance has the whole split", () => {
  expect(allocationByMechid(rulesOf([PPB])).split).toEqual([65_535]);
});

test("each document is valid by itself, the split sums to 65,535, and no share moves by more than a unit", () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 1, maxLength: 16 });
  fc.assert(
    fc.property(
      weights.filter((given) => given.some((weight) => weight > 0n)),
      (given) => {
        const shares = toPpb(given);
        const { split, documents } = allocationByMechid(rulesOf(shares));
        expect(split.reduce((sum, part) => sum + part, 0)).toBe(65_535);
        for (const [k, part] of split.entries())
          expect(Math.abs(part - ((shares[k] ?? 0) * 65_535) / PPB)).toBeLessThan(1);
        for (const document of documents) expect(RulesDocument.parse(document)).toEqual(document);
      },
    ),
  );
});

test("the chain's split of the emission follows it", () => {
  const { split } = allocationByMechid(rulesOf([500_000_000, 500_000_000]));
  const [first = 0n, second = 0n] = splitEmissions(1_000_000n, { count: 2, split });
  expect(first + second).toBe(1_000_000n);
  expect(Number(first - second)).toBeLessThan(20);
});
